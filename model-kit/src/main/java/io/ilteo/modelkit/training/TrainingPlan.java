package io.ilteo.modelkit.training;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.time.Duration;

/**
 * How long to train, and what to watch.
 *
 * @param seed seeds weights, dropout and batch order
 * @param maxEpochs epochs at most
 * @param patience epochs without a better watched metric before training stops
 * @param watchMetric metric on the validation fold that decides which epoch is best
 * @param minimize whether less of it is better
 * @param checkpointEpochs a checkpoint after so many epochs; 0 whenever {@link
 *     #CHECKPOINT_INTERVAL} of training would be lost
 */
public record TrainingPlan(
    long seed,
    int maxEpochs,
    int patience,
    String watchMetric,
    boolean minimize,
    int checkpointEpochs) {
  static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);
  private static final int MAX_EPOCHS = 10_000;

  public TrainingPlan {
    if (maxEpochs < 1 || maxEpochs > MAX_EPOCHS) {
      throw new InvalidArgument("max_epochs is %d; 1 to 10000".formatted(maxEpochs));
    }
    if (patience < 1 || checkpointEpochs < 0) {
      throw new InvalidArgument("patience must be 1 or more, checkpoint_every_epochs 0 or more");
    }
  }
}
