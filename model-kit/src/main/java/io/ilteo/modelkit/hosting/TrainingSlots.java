package io.ilteo.modelkit.hosting;

import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import io.ilteo.servicekit.error.DomainException.Unavailable;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Platform threads on which networks train, as many as may train at a time: training computes
 * without a pause, and would keep a carrier of virtual threads to itself.
 */
public final class TrainingSlots implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TrainingSlots.class);

  private final int capacity;
  private final Duration drain;
  private final Semaphore free;
  private final ExecutorService threads;
  private volatile boolean closing;

  /**
   * Starts no thread yet.
   *
   * @param capacity networks trained at a time
   * @param niceness of the threads, 0 to 19
   * @param drain how long closing waits for trainings to end with their epoch
   */
  public TrainingSlots(int capacity, int niceness, Duration drain) {
    this.capacity = capacity;
    this.drain = drain;
    this.free = new Semaphore(capacity);
    this.threads =
        Executors.newFixedThreadPool(
            capacity, Niceness.lower(Thread.ofPlatform().name("training-", 0).factory(), niceness));
  }

  /** How many networks may train at a time. */
  public int capacity() {
    return capacity;
  }

  /** Whether this replica is shutting down. */
  public boolean isClosing() {
    return closing;
  }

  /**
   * Runs {@code work} on a slot's thread and waits for it.
   *
   * @throws ResourceExhausted if every slot is taken
   * @throws Unavailable if this replica is shutting down
   */
  public <T> T run(Callable<T> work) throws Exception {
    if (closing) {
      throw closing();
    }
    if (!free.tryAcquire()) {
      throw new ResourceExhausted(
          "this replica trains " + capacity + " networks already; try another, or wait");
    }
    try {
      return threads.submit(work).get();
    } catch (RejectedExecutionException shutDown) {
      throw closing();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    } finally {
      free.release();
    }
  }

  private static Unavailable closing() {
    return new Unavailable("this replica is shutting down; try another");
  }

  /** Takes nothing more and waits, so long as is set, for what trains to end with its epoch. */
  @Override
  public void close() {
    closing = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warnf("a training did not end within %d s of shutting down", drain.toSeconds());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
