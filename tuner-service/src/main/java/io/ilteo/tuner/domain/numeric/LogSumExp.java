package io.ilteo.tuner.domain.numeric;

/**
 * log Σ eˣ, where the sum is nearly all the work.
 *
 * <p>The exponential is of our own, by plain arithmetic and {@code fma}: the same on every machine,
 * so that what is drawn with it can be drawn again, and a third of the cost of {@link Math#exp}.
 *
 * <pre>
 * eˣ = 2ᵏ · eʳ   k = ⌊x / ln 2⌉, |r| ≤ ln 2 / 2, Taylor to r⁹: relative error below 10⁻¹¹
 * </pre>
 */
public final class LogSumExp {
  /** e⁻³² of 10⁵ terms cannot change a sum that has a 1 by 10⁻⁸. */
  private static final double NEGLIGIBLE = -32;

  /** Terms between two looks whether the sum is enough. */
  private static final int BLOCK = 64;

  /** More than rounding can take away again. */
  private static final double MARGIN = 1 + 1e-9;

  private static final double LOG2_E = 1 / Math.log(2);
  private static final double LN_2 = Math.log(2);

  /** 1.5 · 2⁵²: a double's last bits are its integer part, rounded, once this is added. */
  private static final double ROUND = 0x1.8p52;

  private static final long BIAS = 1023L << 52;

  private LogSumExp() {}

  /** log(e^first + Σ e^x) over all x of {@code exponents}; −∞ is allowed, NaN is not. */
  public static double of(double first, double[] exponents) {
    return of(first, exponents, Double.POSITIVE_INFINITY);
  }

  /**
   * The same if it is at most {@code enough}; otherwise perhaps less than the whole, yet more than
   * {@code enough}: for those who only ask which is smaller.
   */
  public static double of(double first, double[] exponents, double enough) {
    double max = first;
    for (double x : exponents) {
      max = Math.max(max, x);
    }
    double sum = exp(first - max);
    double limit = Math.exp(enough - max) * MARGIN;
    for (int from = 0; from < exponents.length && sum <= limit; from += BLOCK) {
      int to = Math.min(from + BLOCK, exponents.length);
      for (int i = from; i < to; i++) {
        if (exponents[i] - max > NEGLIGIBLE) {
          sum += exp(exponents[i] - max);
        }
      }
    }
    return max + Math.log(sum);
  }

  /** eˣ for x in [−700, 0], relative error below 10⁻¹¹; 0 below. */
  static double exp(double x) {
    if (x < -700) {
      return 0;
    }
    double shifted = Math.fma(x, LOG2_E, ROUND);
    double r = Math.fma(shifted - ROUND, -LN_2, x);
    double p = Math.fma(r, 1.0 / 362_880, 1.0 / 40_320);
    p = Math.fma(p, r, 1.0 / 5_040);
    p = Math.fma(p, r, 1.0 / 720);
    p = Math.fma(p, r, 1.0 / 120);
    p = Math.fma(p, r, 1.0 / 24);
    p = Math.fma(p, r, 1.0 / 6);
    p = Math.fma(p, r, 0.5);
    p = Math.fma(p, r, 1);
    p = Math.fma(p, r, 1);
    return p * Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << 52) + BIAS);
  }
}
