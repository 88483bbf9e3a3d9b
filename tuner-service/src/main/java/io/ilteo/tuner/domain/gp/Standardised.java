package io.ilteo.tuner.domain.gp;

import java.util.Arrays;

/**
 * Losses made fit for a Gaussian process: what lies above the median grows like a logarithm, so
 * that a few terrible trials do not flatten the rest; then mean 0 and variance 1.
 *
 * @param values (n)
 * @param unit what 1 stands for in the losses' own units, at and below the median
 */
public record Standardised(double[] values, double unit) {
  /** Of finite losses (n), n ≥ 1. */
  public static Standardised of(double[] losses) {
    double[] sorted = losses.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    double scale = median - sorted[0];
    double[] values = losses.clone();
    if (scale > 0) {
      for (int i = 0; i < values.length; i++) {
        double above = (values[i] - median) / scale;
        values[i] = above > 0 ? Math.log1p(above) : above;
      }
    }
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double deviation = variance > 0 ? Math.sqrt(variance) : 1;
    return new Standardised(
        Arrays.stream(values).map(v -> (v - mean) / deviation).toArray(),
        deviation * (scale > 0 ? scale : 1));
  }
}
