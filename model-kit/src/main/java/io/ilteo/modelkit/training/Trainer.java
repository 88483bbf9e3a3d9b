package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.LearningProblem.TrainingSample;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The epoch loop: shuffle, step, score on the validation fold, keep the best epoch, stop early.
 *
 * <p>Early stopping and the choice of the best epoch look at the validation fold only; the test
 * fold cannot be reached from here.
 */
public final class Trainer {
  // Training sequences whose residuals estimate what the transforms back to wages need.
  private static final int SAMPLE = 4_096;

  private final PreparedData data;
  private final LearningProblem problem;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final int[] learnable;

  public Trainer(
      PreparedData data, LearningProblem problem, TrainingPlan plan, TrainingListener listener) {
    this.data = data;
    this.problem = problem;
    this.plan = plan;
    this.listener = listener;
    this.learnable = learnable();
  }

  /**
   * Trains from scratch, or goes on from what {@link TrainingListener#checkpoint} was given.
   *
   * @throws FailedPrecondition for a checkpoint that is damaged or of another training
   */
  public TrainingResult train(Optional<byte[]> resumeFrom) {
    TrainingState state =
        resumeFrom
            .map(saved -> TrainingState.fromBytes(saved, fingerprint()))
            .orElseGet(
                () ->
                    new TrainingState(
                        SequenceNetwork.create(problem.network(), plan.seed()),
                        0,
                        0,
                        Map.of(),
                        new float[0]));
    SequenceNetwork network = state.network();
    listener.started(network.weightCount(), state.epoch());
    int savedEpoch = state.epoch();
    long unsavedSince = System.nanoTime();
    while (state.epoch() < plan.maxEpochs() && !patienceIsOut(state)) {
      if (listener.isPreempted()) {
        if (state.epoch() > savedEpoch) {
          listener.checkpoint(state.epoch(), state.toBytes(fingerprint()));
        }
        return new TrainingResult.Cancelled();
      }
      long start = System.nanoTime();
      int epoch = state.epoch() + 1;
      Optional<Double> loss = runEpoch(network, epoch);
      if (loss.isEmpty()) {
        return new TrainingResult.Cancelled();
      }
      if (!Double.isFinite(loss.get())) {
        return new TrainingResult.Diverged(epoch, "the training loss is " + loss.get());
      }
      Map<String, Double> metrics = new LinkedHashMap<>(score(network));
      metrics.put("train_loss", loss.get());
      Double watched = metrics.get(plan.watchMetric());
      if (watched == null || !Double.isFinite(watched)) {
        return new TrainingResult.Diverged(epoch, plan.watchMetric() + " is " + watched);
      }
      state = next(state, epoch, metrics);
      long now = System.nanoTime();
      listener.epoch(epoch, metrics, Duration.ofNanos(now - start));
      if (isCheckpointDue(epoch, now - unsavedSince)) {
        listener.checkpoint(epoch, state.toBytes(fingerprint()));
        savedEpoch = epoch;
        unsavedSince = now;
      }
    }
    network.setWeights(state.bestWeights());
    return new TrainingResult.Trained(
        network, state.bestEpoch(), state.epoch(), state.bestMetrics(), patienceIsOut(state));
  }

  /** What two trainings must share for one to go on from the other's checkpoint. */
  private String fingerprint() {
    return "seed %d, %d sequences, %s"
        .formatted(plan.seed(), data.training().size(), problem.network());
  }

  private boolean patienceIsOut(TrainingState state) {
    return state.epoch() - state.bestEpoch() >= plan.patience() && state.bestEpoch() > 0;
  }

  private boolean isCheckpointDue(int epoch, long unsavedNanos) {
    return plan.checkpointEpochs() > 0
        ? epoch % plan.checkpointEpochs() == 0
        : unsavedNanos >= TrainingPlan.CHECKPOINT_INTERVAL.toNanos();
  }

  private TrainingState next(TrainingState state, int epoch, Map<String, Double> metrics) {
    double value = metrics.getOrDefault(plan.watchMetric(), Double.NaN);
    double best = state.bestMetrics().getOrDefault(plan.watchMetric(), Double.NaN);
    boolean better = state.bestEpoch() == 0 || (plan.minimize() ? value < best : value > best);
    return better
        ? new TrainingState(state.network(), epoch, epoch, metrics, state.network().weights())
        : new TrainingState(
            state.network(), epoch, state.bestEpoch(), state.bestMetrics(), state.bestWeights());
  }

  /** One pass over the training fold; the mean loss, or empty if cancelled. */
  private Optional<Double> runEpoch(SequenceNetwork network, int epoch) {
    SplittableRandom random = new SplittableRandom(plan.seed() * 31 + epoch);
    network.seedSteps(random.nextLong());
    int[] order = shuffled(learnable, random);
    Batches batches = new Batches(data.training(), problem.network().heads().size());
    double total = 0;
    int steps = 0;
    for (int from = 0; from < order.length; from += problem.batchSize()) {
      if (listener.isCancelled()) {
        return Optional.empty();
      }
      int to = Math.min(order.length, from + problem.batchSize());
      total += network.trainStep(batches.training(problem, order, from, to));
      steps++;
      if (!Double.isFinite(total)) {
        return Optional.of(total);
      }
    }
    return Optional.of(total / steps);
  }

  private Map<String, Double> score(SequenceNetwork network) {
    return score(List.of(network), problem, data.training(), data.validation())
        .asServed()
        .metrics();
  }

  /** Scores the mean of {@code networks} (one, or an ensemble of one form) on {@code scored}. */
  public static Scored score(
      List<SequenceNetwork> networks,
      LearningProblem problem,
      Sequences training,
      Sequences scored) {
    return problem.score(scored, MeanOutputs.of(networks, scored), sample(networks, training));
  }

  /** What {@code networks} need beside themselves to answer. */
  public static Attachments attachments(
      List<SequenceNetwork> networks, LearningProblem problem, PreparedData data) {
    return problem.attachments(
        sample(networks, data.training()), sample(networks, data.validation(), Integer.MAX_VALUE));
  }

  static TrainingSample sample(List<SequenceNetwork> networks, Sequences training) {
    return sample(networks, training, SAMPLE);
  }

  /** At most so many sequences, spread evenly: neighbours are years of one person. */
  private static TrainingSample sample(
      List<SequenceNetwork> networks, Sequences sequences, int most) {
    int size = Math.min(most, sequences.size());
    int[] rows = new int[size];
    Arrays.setAll(rows, k -> (int) ((long) k * sequences.size() / size));
    return new TrainingSample(
        sequences, rows, MeanOutputs.of(networks, new Batches(sequences, 0), rows));
  }

  /** Training sequences with a target known to some head: the others would teach nothing. */
  private int[] learnable() {
    Sequences training = data.training();
    int heads = problem.network().heads().size();
    return IntStream.range(0, training.size())
        .filter(
            i ->
                IntStream.range(0, heads)
                    .anyMatch(head -> !Float.isNaN(problem.target(head, training, i))))
        .toArray();
  }

  private static int[] shuffled(int[] rows, SplittableRandom random) {
    int[] order = rows.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
    }
    return order;
  }
}
