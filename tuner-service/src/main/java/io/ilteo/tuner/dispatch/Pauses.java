package io.ilteo.tuner.dispatch;

import java.time.Duration;

/** Waiting that an interrupt ends. */
final class Pauses {
  private Pauses() {}

  /** Waits; false if interrupted. */
  static boolean of(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
