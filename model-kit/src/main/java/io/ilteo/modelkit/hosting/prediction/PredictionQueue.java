package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bounded queue of persons to be predicted, taken in batches of one model.
 *
 * <p>Two lanes: small requests go before the parts of large ones, but of four batches one is of the
 * large, so that neither starves. A batch is whatever waits when a thread is free; the thread waits
 * for more, for half a millisecond, only while other requests are known to be on their way.
 */
final class PredictionQueue {
  /** Persons of a batch, at most. */
  static final int BATCH_PERSONS = 512;

  private static final int SMALL_PERSONS = 32;
  private static final int MAX_SMALL_JOBS = 4_096;
  private static final int MAX_LARGE_JOBS = 1_024;
  private static final int SMALL_BATCHES_PER_LARGE = 3;
  private static final long LINGER_NANOS = 500_000;
  private static final Duration RETRY_AFTER = Duration.ofMillis(250);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Deque<PredictionJob> small = new ArrayDeque<>();
  private final Deque<PredictionJob> large = new ArrayDeque<>();
  private final AtomicInteger arriving = new AtomicInteger();
  private int smallInARow;
  private boolean closed;

  /** Tells that a request is being read, whose jobs follow. */
  void announce() {
    arriving.incrementAndGet();
  }

  /** Takes back {@link #announce}: the jobs are here, or will not come. */
  void arrived() {
    arriving.decrementAndGet();
  }

  /**
   * Adds the jobs of one request, all or none.
   *
   * @throws ResourceExhausted if too many wait already
   */
  void add(Collection<PredictionJob> jobs) {
    boolean isSmall = jobs.stream().allMatch(job -> job.persons().size() <= SMALL_PERSONS);
    Deque<PredictionJob> lane = isSmall ? small : large;
    int limit = isSmall ? MAX_SMALL_JOBS : MAX_LARGE_JOBS;
    lock.lock();
    try {
      if (closed || lane.size() + jobs.size() > limit) {
        throw new ResourceExhausted(
            "%,d requests wait on this replica already; try again, or another"
                .formatted(lane.size()),
            RETRY_AFTER);
      }
      lane.addAll(jobs);
      added.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next batch, waiting for one; empty once the queue is closed and drained. */
  List<PredictionJob> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      PredictionJob first = next();
      while (first == null) {
        if (closed) {
          return List.of();
        }
        added.await();
        first = next();
      }
      List<PredictionJob> batch = new ArrayList<>();
      batch.add(first);
      int persons = gather(batch, first.persons().size());
      long left = LINGER_NANOS;
      while (persons <= SMALL_PERSONS && arriving.get() > 0 && left > 0 && !closed) {
        left = added.awaitNanos(left);
        persons = gather(batch, persons);
      }
      if (!small.isEmpty() || !large.isEmpty()) {
        added.signal();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable PredictionJob next() {
    boolean turnOfLarge = small.isEmpty() || smallInARow >= SMALL_BATCHES_PER_LARGE;
    if (turnOfLarge && !large.isEmpty()) {
      smallInARow = 0;
      return large.poll();
    }
    smallInARow++;
    return small.poll();
  }

  private int gather(List<PredictionJob> batch, int already) {
    int persons = already;
    PredictionJob first = batch.getFirst();
    for (PredictionJob job = small.peek();
        job != null
            && job.canShareBatchWith(first)
            && persons + job.persons().size() <= BATCH_PERSONS;
        job = small.peek()) {
      batch.add(small.remove());
      persons += job.persons().size();
    }
    return persons;
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
