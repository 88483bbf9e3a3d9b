package io.ilteo.modelkit.recurrent.loss;

/** The logistic function and its logarithm, without overflow. */
final class Logistic {
  private Logistic() {}

  /** σ(x). */
  static double of(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  /** ln σ(x). */
  static double log(double x) {
    return Math.min(x, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** Cross-entropy of a logit with a target of 0 or 1. */
  static double crossEntropy(double logit, boolean above) {
    return above ? -log(logit) : -log(-logit);
  }
}
