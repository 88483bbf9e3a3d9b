package io.ilteo.tuner.domain.gp;

/**
 * Matérn 5/2 kernel with one length scale a dimension (Rasmussen and Williams 2006, eq. 4.17) plus
 * noise on the diagonal.
 *
 * <p>k(r) = s²·(1 + √5·r + 5/3·r²)·e^(−√5·r), r² = Σₖ δₖ²/ℓₖ², δₖ the difference of two
 * coordinates, or 0 or 1 for unordered choices.
 *
 * @param lengths ℓ (d)
 * @param signal s², variance of the function
 * @param noise σ², variance of the noise
 * @param unordered (d) which coordinates stand for unordered choices
 */
record Kernel(double[] lengths, double signal, double noise, boolean[] unordered) {
  private static final double ROOT5 = Math.sqrt(5);

  double distance(double[] a, double[] b) {
    double squares = 0;
    for (int k = 0; k < lengths.length; k++) {
      double delta = delta(a, b, k) / lengths[k];
      squares += delta * delta;
    }
    return Math.sqrt(squares);
  }

  double at(double[] a, double[] b) {
    double r = ROOT5 * distance(a, b);
    return signal * (1 + r + r * r / 3) * Math.exp(-r);
  }

  /** c with ∂k/∂aₖ = −c·δₖ/ℓₖ² and ∂k/∂log ℓₖ = c·δₖ²/ℓₖ². */
  double slope(double[] a, double[] b) {
    double r = ROOT5 * distance(a, b);
    return signal * 5.0 / 3 * (1 + r) * Math.exp(-r);
  }

  double delta(double[] a, double[] b, int k) {
    double delta = a[k] - b[k];
    return unordered[k] && delta != 0 ? 1 : delta;
  }
}
