package io.ilteo.modelkit.training;

import java.time.Duration;
import java.util.Map;

/** Hears what happens in a training. */
public interface TrainingListener {
  /** Before each batch: true ends training there. */
  boolean isCancelled();

  /** After an epoch: metrics of the validation fold, and {@code train_loss}. */
  void epoch(int epoch, Map<String, Double> metrics, Duration duration);

  /** Training can go on from here. */
  void checkpoint(int epoch, byte[] state);
}
