package io.ilteo.tuner.domain.gp;

import io.ilteo.tuner.domain.numeric.Cholesky;
import io.ilteo.tuner.domain.numeric.Lbfgs;
import java.util.Arrays;

/**
 * Kernel parameters by maximum a posteriori: θ = (log ℓ₁ … log ℓ_d, log s², log σ²), minimising
 *
 * <pre>
 * ½ yᵀα + ½ log|K| − log p(θ)                                     R&amp;W 2006, eq. 5.8
 * ∂/∂θⱼ = ½ tr((K⁻¹ − ααᵀ)·∂K/∂θⱼ) − ∂ log p/∂θⱼ                  R&amp;W 2006, eq. 5.9
 * </pre>
 *
 * <p>Priors: log ℓ ~ N(√2 + ½ log d, 3), which keeps complexity constant as d grows (Hvarfner et
 * al. 2024, arXiv 2402.02229); log s² ~ N(0, 1); log σ² ~ N(log 10⁻⁵, 4).
 */
final class KernelFit {
  private static final int MAX_ITERATIONS = 40;
  private static final double LOG_NOISE = Math.log(1e-5);

  private final double[][] inputs;
  private final double[] y;
  private final boolean[] unordered;
  private final int d;

  KernelFit(double[][] inputs, double[] y, boolean[] unordered) {
    this.inputs = inputs;
    this.y = y;
    this.unordered = unordered;
    this.d = unordered.length;
  }

  /** The best of two starts, long and short length scales. X (n×d), y (n) standardised. */
  static Kernel fit(double[][] inputs, double[] y, boolean[] unordered) {
    KernelFit fit = new KernelFit(inputs, y, unordered);
    Lbfgs.Minimum wide = fit.from(0);
    Lbfgs.Minimum narrow = fit.from(Math.log(0.3));
    return fit.kernel((narrow.value() < wide.value() ? narrow : wide).x());
  }

  private Lbfgs.Minimum from(double logLength) {
    double[] start = new double[d + 2];
    double[] lower = new double[d + 2];
    double[] upper = new double[d + 2];
    Arrays.fill(start, 0, d, logLength);
    Arrays.fill(lower, 0, d, Math.log(0.02));
    Arrays.fill(upper, 0, d, Math.log(50));
    lower[d] = Math.log(0.01);
    upper[d] = Math.log(1_000);
    start[d + 1] = Math.log(1e-3);
    lower[d + 1] = Math.log(1e-7);
    upper[d + 1] = Math.log(0.5);
    return Lbfgs.minimize(this::loss, start, lower, upper, MAX_ITERATIONS);
  }

  private Kernel kernel(double[] theta) {
    double[] lengths = new double[d];
    Arrays.setAll(lengths, k -> Math.exp(theta[k]));
    return new Kernel(lengths, Math.exp(theta[d]), Math.exp(theta[d + 1]), unordered);
  }

  /** Negative log posterior and its gradient; +∞ where K is not positive definite. */
  double loss(double[] theta, double[] gradient) {
    Kernel kernel = kernel(theta);
    Cholesky factor;
    try {
      factor = GaussianProcess.of(kernel, inputs, y, new Cholesky(y.length)).factor();
    } catch (ArithmeticException singular) {
      return Double.POSITIVE_INFINITY;
    }
    double[] alpha = factor.solve(y);
    double[][] inverse = factor.inverse();
    double loss = 0.5 * factor.logDeterminant();
    Arrays.fill(gradient, 0);
    for (int i = 0; i < y.length; i++) {
      loss += 0.5 * y[i] * alpha[i];
      for (int j = 0; j < i; j++) {
        // Twice ½: (i, j) and (j, i).
        double w = inverse[i][j] - alpha[i] * alpha[j];
        double slope = kernel.slope(inputs[i], inputs[j]);
        for (int k = 0; k < d; k++) {
          double delta = kernel.delta(inputs[i], inputs[j], k) / kernel.lengths()[k];
          gradient[k] += w * slope * delta * delta;
        }
        gradient[d] += w * kernel.at(inputs[i], inputs[j]);
      }
      double w = 0.5 * (inverse[i][i] - alpha[i] * alpha[i]);
      gradient[d] += w * kernel.signal();
      gradient[d + 1] += w * kernel.noise();
    }
    for (int k = 0; k < d; k++) {
      loss += prior(theta, k, Math.sqrt(2) + 0.5 * Math.log(d), 3, gradient);
    }
    return loss + prior(theta, d, 0, 1, gradient) + prior(theta, d + 1, LOG_NOISE, 4, gradient);
  }

  private static double prior(
      double[] theta, int j, double mean, double variance, double[] gradient) {
    double off = theta[j] - mean;
    gradient[j] += off / variance;
    return 0.5 * off * off / variance;
  }
}
