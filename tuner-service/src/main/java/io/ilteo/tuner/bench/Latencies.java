package io.ilteo.tuner.bench;

import java.util.Arrays;

/** Times of many calls, in nanoseconds, from any thread. */
final class Latencies {
  private long[] nanos = new long[1_024];
  private int count;

  synchronized void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  synchronized int count() {
    return count;
  }

  /** The time that {@code share} of the calls after the first {@code from} did not exceed. */
  synchronized double quantileMillis(double share, int from) {
    long[] sorted = Arrays.copyOfRange(nanos, Math.min(from, count), count);
    if (sorted.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(sorted);
    int place = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, place)] / 1e6;
  }
}
