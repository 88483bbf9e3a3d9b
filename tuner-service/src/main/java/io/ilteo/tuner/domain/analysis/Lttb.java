package io.ilteo.tuner.domain.analysis;

import java.util.stream.IntStream;

/** Largest-Triangle-Three-Buckets down-sampling (Steinarsson 2013, section 4.2). */
public final class Lttb {
  private Lttb() {}

  /**
   * Indexes of at most {@code maxPoints} (≥ 2) points that keep the line's look: first, last, and
   * from each bucket between them the one that spans the largest triangle.
   *
   * @param x (n) increasing
   * @param y (n) finite
   */
  public static int[] select(double[] x, double[] y, int maxPoints) {
    int n = x.length;
    if (n <= maxPoints) {
      return IntStream.range(0, n).toArray();
    }
    int[] selected = new int[maxPoints];
    selected[maxPoints - 1] = n - 1;
    double width = (n - 2.0) / (maxPoints - 2);
    for (int bucket = 1; bucket + 1 < maxPoints; bucket++) {
      int from = 1 + (int) ((bucket - 1) * width);
      int to = Math.max(from + 1, 1 + (int) (bucket * width));
      int nextTo = bucket + 2 < maxPoints ? 1 + (int) ((bucket + 1) * width) : n;
      int nextFrom = Math.min(to, n - 1);
      double meanX = 0;
      double meanY = 0;
      int next = Math.max(1, nextTo - nextFrom);
      for (int i = nextFrom; i < nextFrom + next; i++) {
        meanX += x[i] / next;
        meanY += y[i] / next;
      }
      int before = selected[bucket - 1];
      double largest = -1;
      for (int i = from; i < to; i++) {
        double area =
            Math.abs(
                (x[before] - meanX) * (y[i] - y[before])
                    - (x[before] - x[i]) * (meanY - y[before]));
        if (area > largest) {
          largest = area;
          selected[bucket] = i;
        }
      }
    }
    return selected;
  }
}
