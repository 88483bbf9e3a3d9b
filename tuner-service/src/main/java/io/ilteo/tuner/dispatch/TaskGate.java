package io.ilteo.tuner.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Back-pressure of one task's model service: while an attempt of this replica waits for the
 * service, the replica claims no further trial of that task.
 */
final class TaskGate {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final AtomicInteger waiting = new AtomicInteger();

  /** Whether trials of the task should be claimed. */
  boolean isOpen() {
    return waiting.get() == 0;
  }

  void startWaiting() {
    waiting.incrementAndGet();
  }

  void stopWaiting() {
    waiting.decrementAndGet();
  }

  /** How long to wait before try {@code n} = 1, 2, …: doubling from 100 ms to 5 s. */
  static Duration pause(int n) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(n - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
