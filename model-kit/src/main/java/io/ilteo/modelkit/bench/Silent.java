package io.ilteo.modelkit.bench;

import io.ilteo.modelkit.training.TrainingListener;
import java.time.Duration;
import java.util.Map;

/** Hears nothing and never ends a training. */
final class Silent implements TrainingListener {
  @Override
  public void started(long weights, int completedEpochs) {}

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void epoch(int epoch, Map<String, Double> metrics, Duration duration) {}

  @Override
  public void checkpoint(int epoch, byte[] state) {}
}
