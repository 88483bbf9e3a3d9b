package io.ilteo.tuner.domain.numeric;

/** The standard normal distribution. */
public final class Normal {
  /** log √(2π). */
  public static final double LOG_SQRT_2PI = 0.5 * Math.log(2 * Math.PI);

  // Linear interpolation on [-8, 8] with step 1/256: absolute error below 5e-7.
  private static final int PER_UNIT = 256;
  private static final int LIMIT = 8;
  private static final double[] TABLE = new double[2 * LIMIT * PER_UNIT + 2];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = cdf(i / (double) PER_UNIT - LIMIT);
    }
  }

  private Normal() {}

  /** log φ(z). */
  public static double logPdf(double z) {
    return -0.5 * z * z - LOG_SQRT_2PI;
  }

  /** Φ(z), relative error below 1e-7 in both tails. */
  public static double cdf(double z) {
    return 0.5 * erfc(-z / Math.sqrt(2));
  }

  /** Φ(z) from a table, absolute error below 1e-6: for normalising constants in inner loops. */
  public static double quickCdf(double z) {
    if (z <= -LIMIT) {
      return 0;
    }
    if (z >= LIMIT) {
      return 1;
    }
    double position = (z + LIMIT) * PER_UNIT;
    int index = (int) position;
    double fraction = position - index;
    return TABLE[index] + fraction * (TABLE[index + 1] - TABLE[index]);
  }

  /** e^{z²}·erfc(z) for z ≥ 0; Numerical Recipes' Chebyshev fit, relative error below 1.2e-7. */
  public static double erfcx(double z) {
    double t = 1 / (1 + 0.5 * z);
    double poly =
        -1.26551223
            + t
                * (1.00002368
                    + t
                        * (0.37409196
                            + t
                                * (0.09678418
                                    + t
                                        * (-0.18628806
                                            + t
                                                * (0.27886807
                                                    + t
                                                        * (-1.13520398
                                                            + t
                                                                * (1.48851587
                                                                    + t
                                                                        * (-0.82215223
                                                                            + t
                                                                                * 0.17087277))))))));
    return t * Math.exp(poly);
  }

  private static double erfc(double x) {
    double z = Math.abs(x);
    double tail = erfcx(z) * Math.exp(-z * z);
    return x >= 0 ? tail : 2 - tail;
  }
}
