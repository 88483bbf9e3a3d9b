package io.ilteo.modelkit.hosting;

import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform thread on which whole folds are scored; beside the training slots, so that a
 * promotion need not wait for a training.
 */
public final class ScoringThread implements AutoCloseable {
  private static final int MAX_WAITING = 16;

  private final ThreadPoolExecutor thread;

  /**
   * Starts no thread yet.
   *
   * @param niceness of the thread, 0 to 19
   */
  public ScoringThread(int niceness) {
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Niceness.lower(Thread.ofPlatform().name("scoring").factory(), niceness));
  }

  /**
   * Runs {@code work} on the thread and waits for it.
   *
   * @throws ResourceExhausted if 16 wait already
   */
  <T> T run(Callable<T> work) throws Exception {
    try {
      return thread.submit(work).get();
    } catch (RejectedExecutionException full) {
      throw new ResourceExhausted("16 scorings wait on this replica already; try again later");
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
