package io.ilteo.tuner.application;

import org.jspecify.annotations.Nullable;

/** Tells a call that runs on one thread to end, from another thread. */
public final class Cancellation {
  private boolean cancelled;
  private @Nullable Runnable action;

  /** Cancels; what was given to {@link #onCancel} runs once. */
  public void cancel() {
    Runnable run;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      run = action;
      notifyAll();
    }
    if (run != null) {
      run.run();
    }
  }

  /** Whether {@link #cancel} was called. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Runs {@code action} on cancellation, or at once if that was before; replaces an earlier one.
   */
  public void onCancel(Runnable action) {
    synchronized (this) {
      this.action = action;
      if (!cancelled) {
        return;
      }
    }
    action.run();
  }

  /** Waits; returns early once cancelled. */
  public synchronized void await(java.time.Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    try {
      for (long left = duration.toMillis(); !cancelled && left > 0; ) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
