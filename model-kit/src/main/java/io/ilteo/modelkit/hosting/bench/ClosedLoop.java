package io.ilteo.modelkit.hosting.bench;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Callers that each send their next request when the last one was answered. */
final class ClosedLoop {
  private static final int MOST_ANSWERS = 1 << 20;

  private final IntFunction<? extends ListenableFuture<?>> call;
  private final long[] latencies = new long[MOST_ANSWERS];
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch callersLeft;
  private final int callers;
  private final long nanos;
  private long end;

  private ClosedLoop(IntFunction<? extends ListenableFuture<?>> call, int callers, double seconds) {
    this.call = call;
    this.callers = callers;
    this.nanos = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    this.callersLeft = new CountDownLatch(callers);
  }

  /**
   * How long answers took.
   *
   * @param perSecond answers a second of all callers together
   * @param sortedNanos of each answer, shortest first
   */
  record Latencies(double perSecond, long[] sortedNanos) {
    /** The latency that the share {@code rank} of answers does not exceed, in milliseconds. */
    double millis(double rank) {
      int index = (int) Math.ceil(rank * sortedNanos.length) - 1;
      return sortedNanos[Math.max(index, 0)] / 1e6;
    }
  }

  /**
   * Calls for so many seconds.
   *
   * @param call sends the request of a number, which counts up from 0
   * @throws ExecutionException at the first call that fails
   */
  static Latencies run(IntFunction<? extends ListenableFuture<?>> call, int callers, double seconds)
      throws ExecutionException, InterruptedException {
    return new ClosedLoop(call, callers, seconds).run();
  }

  private Latencies run() throws ExecutionException, InterruptedException {
    long start = System.nanoTime();
    end = start + nanos;
    for (int caller = 0; caller < callers; caller++) {
      next();
    }
    callersLeft.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    Throwable broken = failure.get();
    if (broken != null) {
      throw new ExecutionException(broken);
    }
    long[] sorted = Arrays.copyOf(latencies, answered.get());
    Arrays.sort(sorted);
    return new Latencies(sorted.length / seconds, sorted);
  }

  private void next() {
    long begun = System.nanoTime();
    int number = sent.getAndIncrement();
    if (begun >= end || number >= MOST_ANSWERS || failure.get() != null) {
      callersLeft.countDown();
      return;
    }
    ListenableFuture<?> answer = call.apply(number);
    answer.addListener(() -> answered(answer, begun), MoreExecutors.directExecutor());
  }

  private void answered(ListenableFuture<?> answer, long begun) {
    latencies[answered.getAndIncrement()] = System.nanoTime() - begun;
    try {
      answer.get();
    } catch (ExecutionException | InterruptedException broken) {
      failure.compareAndSet(null, broken);
    }
    next();
  }
}
