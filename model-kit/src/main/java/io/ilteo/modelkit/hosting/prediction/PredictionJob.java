package io.ilteo.modelkit.hosting.prediction;

import io.grpc.Context;
import io.ilteo.modelkit.panel.feature.Histories;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Persons waiting to be predicted.
 *
 * @param context of the call; once it is cancelled nobody waits for the answer
 */
record PredictionJob(
    ServedModel model,
    double coverage,
    List<Histories.Person> persons,
    Context context,
    CompletableFuture<Rows> answer) {
  boolean canShareBatchWith(PredictionJob other) {
    return model == other.model && coverage == other.coverage;
  }
}
