package io.ilteo.satisfaction;

import java.util.Arrays;
import java.util.Locale;

/** How much more sequences of a rare class count in training. */
enum ClassWeighting {
  /** All the same. */
  NONE,
  /** By the root of the inverse share. */
  ROOT,
  /** By the effective number of samples (Cui et al. 2019), β = .999. */
  EFFECTIVE,
  /** By the inverse share: every class counts the same. */
  BALANCED;

  private static final double BETA = 0.999;
  // Effective numbers need counts; shares stand for those of a fold of this size.
  private static final double FOLD = 10_000;
  private static final double LEAST_SHARE = 1e-3;

  /** The name by which studies choose it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ClassWeighting named(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  /** A weight for each class, of mean 1 over the training fold. */
  double[] weights(double[] shares) {
    double[] weights = Arrays.stream(shares).map(this::weight).toArray();
    double mean = 0;
    for (int c = 0; c < weights.length; c++) {
      mean += weights[c] * shares[c];
    }
    double scale = mean;
    return Arrays.stream(weights).map(weight -> weight / scale).toArray();
  }

  private double weight(double given) {
    double share = Math.max(given, LEAST_SHARE);
    return switch (this) {
      case NONE -> 1;
      case ROOT -> 1 / Math.sqrt(share);
      case EFFECTIVE -> (1 - BETA) / (1 - Math.pow(BETA, share * FOLD));
      case BALANCED -> 1 / share;
    };
  }
}
