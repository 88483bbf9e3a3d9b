package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.numeric.LogSumExp;
import io.ilteo.tuner.domain.numeric.Normal;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.Domain.CategoricalDomain;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A density over the unit cube made of one product kernel for each observation and a uniform prior.
 *
 * <p>Notation. n observations, d dimensions. μ (n×d) kernel centres; b (d) bandwidths, one a
 * dimension; w (n+1) weights, the last the prior's; r (d) the centres' spread relative to the
 * uniform distribution's.
 *
 * <pre>
 * p(x) = w₀ + Σᵢ wᵢ Πₖ kₖ(xₖ | μᵢₖ)                              Watanabe 2023, eq. 5
 * k(x | μ) = N(x; μ, b²) / (Φ((1−μ)/b) − Φ(−μ/b))                 numeric: normal on [0, 1]
 * k(x | μ) = c·((1−ε)·[x = μ] + ε/c)                              c unordered choices
 * bₖ = clip(s · rₖ · n^(−1/(d+4)), floor, 1)                      Scott's rule, floored
 * </pre>
 */
final class ParzenEstimator {
  /** How wide kernels are: s above, 1/floor, ε before any observation, and the prior's weight. */
  record Bandwidth(double scale, double floorDivisor, double mixing, double priorWeight) {}

  private static final int MAX_REJECTIONS = 64;

  private final double[][] centres;
  private final double[] cumulativeWeights;
  private final double[] logCoefficients;
  private final double logPrior;
  private final double[] bandwidths;
  private final int[] choices;
  private final double[] logSame;
  private final double[] logOther;
  private final double[] exponents;

  /**
   * Builds the density.
   *
   * @param centres d columns of n coordinates in [0, 1]
   * @param weights n positive weights, in the order of the observations
   * @param domains d domains
   */
  ParzenEstimator(double[][] centres, double[] weights, List<Domain> domains, Bandwidth bandwidth) {
    int n = weights.length;
    int d = domains.size();
    this.centres = centres;
    bandwidths = new double[d];
    choices = new int[d];
    logSame = new double[d];
    logOther = new double[d];
    exponents = new double[n];
    double scott = bandwidth.scale() * Math.pow(Math.max(1, n), -1.0 / (d + 4));
    double floor = 1 / bandwidth.floorDivisor();
    for (int k = 0; k < d; k++) {
      long cardinality = domains.get(k).cardinality();
      if (domains.get(k) instanceof CategoricalDomain) {
        choices[k] = (int) cardinality;
        double epsilon = bandwidth.mixing() / (1 + 0.1 * n);
        logSame[k] = Math.log(choices[k] * (1 - epsilon) + epsilon);
        logOther[k] = Math.log(epsilon);
      } else {
        double half = cardinality == Long.MAX_VALUE ? 0 : 0.5 / cardinality;
        double wanted = scott * spread(centres[k]);
        bandwidths[k] = Math.clamp(wanted, Math.max(floor, half), 1.0);
      }
    }
    double total = bandwidth.priorWeight();
    for (double weight : weights) {
      total += weight;
    }
    logPrior = Math.log(bandwidth.priorWeight() / total);
    cumulativeWeights = new double[n];
    logCoefficients = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += weights[i] / total;
      cumulativeWeights[i] = sum;
      logCoefficients[i] = Math.log(weights[i] / total / normaliser(i));
    }
  }

  /** Standard deviation relative to the uniform distribution's, which counts as one observation. */
  private static double spread(double[] column) {
    double mean = 0.5;
    for (double x : column) {
      mean += x;
    }
    mean /= column.length + 1;
    double squares = 1.0 / 12 + (0.5 - mean) * (0.5 - mean);
    for (double x : column) {
      squares += (x - mean) * (x - mean);
    }
    return Math.sqrt(12 * squares / (column.length + 1));
  }

  /** Πₖ bₖ√(2π)·(Φ((1−μ)/b) − Φ(−μ/b)) of kernel i. */
  private double normaliser(int i) {
    double product = 1;
    for (int k = 0; k < bandwidths.length; k++) {
      if (choices[k] == 0) {
        double b = bandwidths[k];
        double mu = centres[k][i];
        double mass = Normal.quickCdf((1 - mu) / b) - Normal.quickCdf(-mu / b);
        product *= b * Math.sqrt(2 * Math.PI) * mass;
      }
    }
    return product;
  }

  /** Draws a point of the cube. */
  double[] sample(RandomGenerator random) {
    int kernel = pick(random.nextDouble());
    double[] x = new double[bandwidths.length];
    for (int k = 0; k < x.length; k++) {
      if (kernel == cumulativeWeights.length) {
        x[k] = random.nextDouble();
      } else if (choices[k] > 0) {
        double epsilon = Math.exp(logOther[k]);
        x[k] = random.nextDouble() < epsilon ? random.nextDouble() : centres[k][kernel];
      } else {
        x[k] = truncatedNormal(centres[k][kernel], bandwidths[k], random);
      }
    }
    return x;
  }

  /** log p(x). Not safe for concurrent use: it reuses a buffer. */
  double logDensity(double[] x) {
    return logDensity(x, Double.POSITIVE_INFINITY);
  }

  /** log p(x) if it is at most {@code enough}, else anything above that. */
  double logDensity(double[] x, double enough) {
    int n = exponents.length;
    System.arraycopy(logCoefficients, 0, exponents, 0, n);
    for (int k = 0; k < x.length; k++) {
      if (choices[k] > 0) {
        addCategorical(k, x[k]);
      } else {
        addNormal(centres[k], x[k], 1 / (bandwidths[k] * Math.sqrt(2)));
      }
    }
    return LogSumExp.of(logPrior, exponents, enough);
  }

  private void addNormal(double[] column, double x, double scale) {
    for (int i = 0; i < exponents.length; i++) {
      double z = (x - column[i]) * scale;
      exponents[i] -= z * z;
    }
  }

  private void addCategorical(int k, double x) {
    int choice = choiceOf(x, choices[k]);
    for (int i = 0; i < exponents.length; i++) {
      exponents[i] += choiceOf(centres[k][i], choices[k]) == choice ? logSame[k] : logOther[k];
    }
  }

  private static int choiceOf(double unit, int choices) {
    return Math.min((int) (unit * choices), choices - 1);
  }

  private int pick(double u) {
    int low = 0;
    int high = cumulativeWeights.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulativeWeights[middle] <= u) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double truncatedNormal(double mean, double deviation, RandomGenerator random) {
    for (int i = 0; i < MAX_REJECTIONS; i++) {
      double x = mean + deviation * random.nextGaussian();
      if (x >= 0 && x <= 1) {
        return x;
      }
    }
    return mean;
  }
}
