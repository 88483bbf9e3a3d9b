package io.ilteo.tuner.application;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Figures reported at a step. The time is the database's; it is ignored in what is reported. */
public record Measurement(
    long step, Map<String, Double> metrics, Duration duration, Instant reportedAt) {
  public Measurement {
    metrics = Map.copyOf(metrics);
  }

  /** A measurement to be reported. */
  public static Measurement at(long step, Map<String, Double> metrics, Duration duration) {
    return new Measurement(step, metrics, duration, Instant.EPOCH);
  }
}
