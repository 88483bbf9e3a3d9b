package io.ilteo.cli.platform;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting that an interrupt ends. */
public final class Pause {
  private Pause() {}

  /** Waits. */
  public static void millis(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PlatformException("Interrupted.");
    }
  }

  /** Waits until {@code process} has ended, at most {@code limit}; tells whether it has. */
  static boolean untilEnded(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillAlive) {
      return false;
    } catch (ExecutionException failure) {
      return !process.isAlive();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
