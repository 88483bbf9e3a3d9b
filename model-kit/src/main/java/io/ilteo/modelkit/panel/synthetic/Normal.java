package io.ilteo.modelkit.panel.synthetic;

import java.util.SplittableRandom;

/**
 * Standard normal draws that are the same on every JVM: inverse distribution function of a uniform
 * draw, in strict arithmetic.
 */
final class Normal {
  private static final double[] A = {
    -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
    1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00
  };
  private static final double[] B = {
    -5.447609879822406e+01,
    1.615858368580409e+02,
    -1.556989798598866e+02,
    6.680131188771972e+01,
    -1.328068155288572e+01
  };
  private static final double[] C = {
    -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
    -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00
  };
  private static final double[] D = {
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00
  };
  private static final double TAIL = 0.02425;

  private Normal() {}

  static double draw(SplittableRandom random) {
    return quantile(random.nextDouble(1e-12, 1 - 1e-12));
  }

  /** Φ⁻¹(p), 0 &lt; p &lt; 1, relative error below 1.2e-9 (Acklam 2003). */
  static double quantile(double p) {
    if (p < TAIL) {
      return tail(StrictMath.sqrt(-2 * StrictMath.log(p)));
    }
    if (p > 1 - TAIL) {
      return -tail(StrictMath.sqrt(-2 * StrictMath.log(1 - p)));
    }
    double q = p - 0.5;
    double r = q * q;
    return horner(A, r) * q / (horner(B, r) * r + 1);
  }

  private static double tail(double q) {
    return horner(C, q) / (horner(D, q) * q + 1);
  }

  private static double horner(double[] coefficients, double x) {
    double value = 0;
    for (double c : coefficients) {
      value = value * x + c;
    }
    return value;
  }
}
