package io.ilteo.tuner.metrics;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What happens to the attempts that this replica runs. Without a registry, nothing is kept. */
public final class AttemptMeters {
  private static final String LEASE_LOSSES = "ilteo.lease.losses";

  private static final Duration[] WAIT_BUCKETS = seconds(0.1, 1, 10, 60, 600);
  private static final Duration[] EPOCH_BUCKETS = seconds(0.01, 0.1, 0.5, 1, 5, 30, 120);

  private AttemptMeters() {}

  private static Duration[] seconds(double... bounds) {
    Duration[] durations = new Duration[bounds.length];
    for (int i = 0; i < bounds.length; i++) {
      durations[i] = Duration.ofMillis(Math.round(bounds[i] * 1_000));
    }
    return durations;
  }

  /** Makes the series that may stay at zero, so that alerts see a zero and not nothing. */
  public static void register() {
    Metrics.counter(LEASE_LOSSES);
  }

  /** An attempt ended. */
  public static void ended(String task, String outcome) {
    Metrics.counter("ilteo.attempts", "task", task, "outcome", outcome).increment();
  }

  /** A model replica began to train, so long after the trial was claimed. */
  public static void began(String task, Duration wait) {
    timer("ilteo.attempt.wait", task, WAIT_BUCKETS).record(wait);
  }

  /** An epoch of training ended, as the model service measured it. */
  public static void epoch(String task, Duration duration) {
    timer("ilteo.epoch", task, EPOCH_BUCKETS).record(duration);
  }

  /** Leases were lost: attempts that nobody reported on in time. */
  public static void leasesLost(int count) {
    Metrics.counter(LEASE_LOSSES).increment(count);
  }

  private static Timer timer(String name, String task, Duration[] buckets) {
    return Timer.builder(name)
        .tag("task", task)
        .serviceLevelObjectives(buckets)
        .register(Metrics.globalRegistry);
  }
}
