package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.panel.feature.Histories;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.Predicted;
import io.ilteo.servicekit.grpc.CallCancelled;
import java.util.ArrayList;
import java.util.List;

/** Platform threads, as ND4J needs, that take batches from the queue and predict them. */
final class PredictionThreads implements AutoCloseable {
  private final PredictionQueue queue;

  PredictionThreads(PredictionQueue queue, int count) {
    this.queue = queue;
    for (int i = 0; i < count; i++) {
      Thread.ofPlatform().daemon().name("prediction-", i).start(this::run);
    }
  }

  private void run() {
    try {
      for (List<PredictionJob> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
        predict(batch);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void predict(List<PredictionJob> batch) throws InterruptedException {
    List<PredictionJob> wanted = new ArrayList<>(batch.size());
    List<Histories.Person> persons = new ArrayList<>();
    for (PredictionJob job : batch) {
      if (job.context().isCancelled()) {
        job.answer().completeExceptionally(new CallCancelled());
      } else {
        wanted.add(job);
        persons.addAll(job.persons());
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    try {
      PredictionJob first = wanted.getFirst();
      Sequences sequences = first.model().sequences(persons);
      Predicted predicted = first.model().predict(sequences, first.coverage());
      int from = 0;
      for (PredictionJob job : wanted) {
        int to = from + job.persons().size();
        job.answer().complete(new Rows(sequences, predicted, from, to));
        from = to;
      }
    } catch (RuntimeException | Error failure) {
      wanted.forEach(job -> job.answer().completeExceptionally(failure));
    }
  }

  @Override
  public void close() {
    queue.close();
  }
}
