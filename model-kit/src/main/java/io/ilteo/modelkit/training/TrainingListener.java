package io.ilteo.modelkit.training;

import java.time.Duration;
import java.util.Map;

/** Hears what happens in a training. */
public interface TrainingListener {
  /**
   * Before the first epoch.
   *
   * @param weights of the network
   * @param completedEpochs 0 unless resumed
   */
  void started(long weights, int completedEpochs);

  /** Before each batch: true ends training there. */
  boolean isCancelled();

  /** Before each epoch: true ends training there, with a checkpoint of what was learned. */
  default boolean isPreempted() {
    return false;
  }

  /** After an epoch: metrics of the validation fold, and {@code train_loss}. */
  void epoch(int epoch, Map<String, Double> metrics, Duration duration);

  /** Training can go on from here. */
  void checkpoint(int epoch, byte[] state);
}
