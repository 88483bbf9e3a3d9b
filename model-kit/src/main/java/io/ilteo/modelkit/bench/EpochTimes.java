package io.ilteo.modelkit.bench;

import io.ilteo.modelkit.training.TrainingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hears nothing but how long epochs take. */
final class EpochTimes implements TrainingListener {
  private static final double NANOS_PER_MILLI = 1e6;

  private final List<Duration> epochs = new ArrayList<>();

  /** Median of the epochs so far; 0 without one. */
  double medianMillis() {
    return epochs.isEmpty()
        ? 0
        : epochs.stream().sorted().toList().get(epochs.size() / 2).toNanos() / NANOS_PER_MILLI;
  }

  @Override
  public void started(long weights, int completedEpochs) {}

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void epoch(int epoch, Map<String, Double> metrics, Duration duration) {
    epochs.add(duration);
  }

  @Override
  public void checkpoint(int epoch, byte[] state) {}
}
