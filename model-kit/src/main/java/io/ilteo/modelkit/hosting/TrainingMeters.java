package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.recurrent.kernel.Blas;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;

/**
 * Where the time of a training goes: into matrix products, which are as fast as the processor lets
 * them be, or into all the rest. Lives and is told on the thread that trains.
 */
final class TrainingMeters {
  private static final double NANOS = 1e9;

  private final String task;
  private long products;

  TrainingMeters(String task) {
    this.task = task;
  }

  /** Training begins on this thread. */
  void started() {
    products = Blas.nanosOfThisThread();
  }

  /** An epoch has ended, scoring of the validation fold included. */
  void epoch(Duration duration) {
    long before = products;
    products = Blas.nanosOfThisThread();
    long spent = Math.min(products - before, duration.toNanos());
    add("products", spent);
    add("other", duration.toNanos() - spent);
  }

  private void add(String part, long nanos) {
    Metrics.counter("ilteo.training.seconds", "task", task, "part", part).increment(nanos / NANOS);
  }
}
