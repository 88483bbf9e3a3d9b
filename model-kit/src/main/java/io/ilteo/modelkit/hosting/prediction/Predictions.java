package io.ilteo.modelkit.hosting.prediction;

import io.grpc.Context;
import io.ilteo.modelkit.panel.feature.Histories;
import io.ilteo.proto.model.v1.Contribution;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.ModelSelector;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Predicts for persons: selects the model, checks their histories, makes features as in training,
 * runs the networks with whatever else waits, and explains on request.
 */
public final class Predictions implements AutoCloseable {
  private static final int MAX_EXPLAINED_PERSONS = 100;
  private static final int MAX_CONTRIBUTIONS = 32;

  private final ServedModels models;
  private final double defaultCoverage;
  private final PredictionQueue queue = new PredictionQueue();
  private final PredictionThreads threads;

  /**
   * Starts the threads.
   *
   * @param defaultCoverage where a request names none
   * @param threads batches predicted at a time
   */
  public Predictions(ServedModels models, double defaultCoverage, int threads) {
    this.models = models;
    this.defaultCoverage = defaultCoverage;
    this.threads = new PredictionThreads(queue, threads);
  }

  /** The model that {@code selector} names. */
  public ServedModel model(ModelSelector selector) {
    return models.select(selector);
  }

  /** Whether requests that name no version can be answered at once. */
  public boolean isReady() {
    return models.isReady();
  }

  /**
   * Predicts; blocks until the answer is there.
   *
   * @param wantedCoverage of intervals or sets, 0 for the default
   * @param explainTop how many contributions a person gets, 0 for none
   */
  public Answer predict(
      ModelSelector selector, HistoryBatch histories, double wantedCoverage, int explainTop)
      throws InterruptedException {
    requireExplainable(histories, explainTop);
    double coverage = wantedCoverage == 0 ? defaultCoverage : wantedCoverage;
    ServedModel model = models.select(selector);
    queue.announce();
    List<Histories.Person> persons;
    List<CompletableFuture<Rows>> parts;
    try {
      persons = model.read(histories);
      parts = submit(model, coverage, persons);
    } finally {
      queue.arrived();
    }
    List<Rows> rows = await(parts);
    return new Answer(model, rows, explain(model, coverage, persons, rows, explainTop));
  }

  /** Refuses more contributions, or of more persons, than one request may ask for. */
  public static void requireExplainable(HistoryBatch histories, int explainTop) {
    if (explainTop < 0 || explainTop > MAX_CONTRIBUTIONS) {
      throw new InvalidArgument("explain_top is %d; 0 to 32".formatted(explainTop));
    }
    if (explainTop > 0 && histories.getPersonsCount() > MAX_EXPLAINED_PERSONS) {
      throw new InvalidArgument(
          "explain_top is set for %,d persons; at most 100 are explained in one request"
              .formatted(histories.getPersonsCount()));
    }
  }

  private List<CompletableFuture<Rows>> submit(
      ServedModel model, double coverage, List<Histories.Person> persons) {
    List<PredictionJob> jobs = new ArrayList<>();
    for (int from = 0; from < persons.size(); from += PredictionQueue.BATCH_PERSONS) {
      int to = Math.min(persons.size(), from + PredictionQueue.BATCH_PERSONS);
      jobs.add(
          new PredictionJob(
              model,
              coverage,
              persons.subList(from, to),
              Context.current(),
              new CompletableFuture<>()));
    }
    queue.add(jobs);
    return jobs.stream().map(PredictionJob::answer).toList();
  }

  private static List<Rows> await(List<CompletableFuture<Rows>> parts) throws InterruptedException {
    List<Rows> rows = new ArrayList<>(parts.size());
    for (CompletableFuture<Rows> part : parts) {
      try {
        rows.add(part.get());
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(failure.getCause());
      }
    }
    return rows;
  }

  private List<List<Contribution>> explain(
      ServedModel model,
      double coverage,
      List<Histories.Person> persons,
      List<Rows> predicted,
      int top)
      throws InterruptedException {
    if (top == 0) {
      return List.of();
    }
    Occlusion occlusion = new Occlusion(model.inputs().columns(), persons);
    return occlusion.effects(predicted, await(submit(model, coverage, occlusion.variants())), top);
  }

  @Override
  public void close() {
    threads.close();
  }
}
