package io.ilteo.tuner.domain.gp;

import io.ilteo.tuner.domain.numeric.Cholesky;

/**
 * Exact Gaussian process regression with zero mean (Rasmussen and Williams 2006, Algorithm 2.1).
 *
 * <p>Notation. n trials, d dimensions. X (n×d) unit-cube inputs; y (n) standardised, minimised; K
 * (n×n) = k(X, X) + σ²I; L = chol(K), lower; α (n) = K⁻¹y; k* (n) = k(X, x*).
 */
public final class GaussianProcess {
  private final Kernel kernel;
  private final double[][] inputs;
  private final Cholesky factor;
  private final double[] alpha;

  /** Mean and standard deviation of the function at a point, with their gradients (d). */
  public record Posterior(
      double mean, double deviation, double[] meanGradient, double[] deviationGradient) {}

  private GaussianProcess(Kernel kernel, double[][] inputs, Cholesky factor, double[] alpha) {
    this.kernel = kernel;
    this.inputs = inputs;
    this.factor = factor;
    this.alpha = alpha;
  }

  /**
   * Conditions on (X, y).
   *
   * @param factor of the first rows of K, extended here by the others; may be empty
   * @throws ArithmeticException if K is not positive definite
   */
  static GaussianProcess of(Kernel kernel, double[][] inputs, double[] y, Cholesky factor) {
    Cholesky grown = factor.copy();
    for (int i = grown.size(); i < inputs.length; i++) {
      double[] row = new double[i + 1];
      for (int j = 0; j < i; j++) {
        row[j] = kernel.at(inputs[i], inputs[j]);
      }
      row[i] = kernel.signal() + kernel.noise();
      grown.append(row);
    }
    return new GaussianProcess(kernel, inputs, grown, grown.solve(y));
  }

  /** The same kernel conditioned on more: X and y begin with what this process has seen. */
  public GaussianProcess extended(double[][] inputs, double[] y) {
    return of(kernel, inputs, y, factor);
  }

  Cholesky factor() {
    return factor;
  }

  /** Standard deviation of the noise. */
  public double noiseDeviation() {
    return Math.sqrt(kernel.noise());
  }

  /** The posterior at x (d), without gradients (empty). */
  public Posterior predict(double[] x) {
    double[] covariances = covariances(x);
    double[] v = factor.forward(covariances);
    return new Posterior(
        dot(covariances, alpha), Math.sqrt(variance(v)), new double[0], new double[0]);
  }

  /** The posterior at x (d) with gradients in x. */
  public Posterior predictWithGradient(double[] x) {
    double[] covariances = covariances(x);
    double[] v = factor.forward(covariances);
    double[] weights = factor.backward(v);
    double deviation = Math.sqrt(variance(v));
    double[] meanGradient = new double[x.length];
    double[] deviationGradient = new double[x.length];
    for (int i = 0; i < inputs.length; i++) {
      double slope = kernel.slope(x, inputs[i]);
      for (int k = 0; k < x.length; k++) {
        if (!kernel.unordered()[k]) {
          double length = kernel.lengths()[k];
          double change = -slope * (x[k] - inputs[i][k]) / (length * length);
          meanGradient[k] += alpha[i] * change;
          deviationGradient[k] -= weights[i] * change / deviation;
        }
      }
    }
    return new Posterior(dot(covariances, alpha), deviation, meanGradient, deviationGradient);
  }

  private double[] covariances(double[] x) {
    double[] covariances = new double[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      covariances[i] = kernel.at(x, inputs[i]);
    }
    return covariances;
  }

  private double variance(double[] v) {
    return Math.max(kernel.signal() - dot(v, v), 1e-12 * kernel.signal());
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
