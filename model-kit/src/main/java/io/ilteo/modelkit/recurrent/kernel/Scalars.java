package io.ilteo.modelkit.recurrent.kernel;

/**
 * The functions of one float that the loops are made of; {@link Lanes} has the same of a vector.
 *
 * <p>exp is the polynomial of Cephes (Moshier) after reduction by ln 2. Relative error of exp below
 * 2e-7; absolute error of σ and tanh below 3e-7.
 */
final class Scalars {
  static final float LOG2_E = 1.44269504f;
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  static final float LIMIT = 80f;
  // Adding 1.5 · 2^23 leaves the rounded integer in the low bits.
  static final float ROUND = 12_582_912f;
  static final int ROUND_BITS = 0x4B400000;
  static final int EXPONENT_BIAS = 127;
  static final int MANTISSA_BITS = 23;
  static final float P0 = 1.9875691500e-4f;
  static final float P1 = 1.3981999507e-3f;
  static final float P2 = 8.3334519073e-3f;
  static final float P3 = 4.1665795894e-2f;
  static final float P4 = 1.6666665459e-1f;
  static final float P5 = 5.0000001201e-1f;

  private Scalars() {}

  static float exp(float value) {
    float x = Math.max(Math.min(value, LIMIT), -LIMIT);
    float shifted = Math.fma(x, LOG2_E, ROUND);
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(P0, r, P1);
    p = Math.fma(p, r, P2);
    p = Math.fma(p, r, P3);
    p = Math.fma(p, r, P4);
    p = Math.fma(p, r, P5);
    float y = Math.fma(p, r * r, r) + 1f;
    int bits = (Float.floatToRawIntBits(shifted) - (ROUND_BITS - EXPONENT_BIAS)) << MANTISSA_BITS;
    return y * Float.intBitsToFloat(bits);
  }

  static float sigmoid(float x) {
    return 1f / (exp(-x) + 1f);
  }

  /** tanh x = 2 σ(2x) − 1. */
  static float tanh(float x) {
    return sigmoid(x + x) * 2f - 1f;
  }
}
