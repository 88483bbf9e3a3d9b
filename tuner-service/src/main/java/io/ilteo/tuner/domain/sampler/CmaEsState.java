package io.ilteo.tuner.domain.sampler;

import java.util.List;
import java.util.random.RandomGenerator;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * The search distribution N(m, σ²C) of CMA-ES and its evolution paths; immutable.
 *
 * <p>Notation of Hansen 2016 (arXiv 1604.00772). d dimensions; λ population, μ = ⌊λ/2⌋ parents with
 * weights w, negative weights unused; μ_eff their variance-effective size; m (d) mean; σ step size;
 * C (d×d) = B·D²·Bᵀ; p_σ, p_c (d) evolution paths; g generations.
 */
final class CmaEsState {
  private final Constants constants;
  private final double[] mean;
  private final double sigma;
  private final double[][] covariance;
  private final double[] pathSigma;
  private final double[] pathCovariance;
  private final int generation;
  private final double[][] axes;
  private final double[] lengths;

  /** Strategy parameters, Table 1. */
  private record Constants(
      int d,
      double[] weights,
      double muEff,
      double cSigma,
      double dSigma,
      double cC,
      double c1,
      double cMu,
      double expectedNorm) {
    static Constants of(int d, int lambda) {
      int mu = lambda / 2;
      double[] w = new double[mu];
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < mu; i++) {
        w[i] = Math.log((lambda + 1) / 2.0) - Math.log(i + 1.0);
        sum += w[i];
      }
      for (int i = 0; i < mu; i++) {
        w[i] /= sum;
        squares += w[i] * w[i];
      }
      double muEff = 1 / squares;
      double cSigma = (muEff + 2) / (d + muEff + 5);
      double c1 = 2 / ((d + 1.3) * (d + 1.3) + muEff);
      return new Constants(
          d,
          w,
          muEff,
          cSigma,
          1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (d + 1)) - 1) + cSigma,
          (4 + muEff / d) / (d + 4 + 2 * muEff / d),
          c1,
          Math.min(1 - c1, 2 * (muEff - 2 + 1 / muEff) / ((d + 2) * (d + 2) + muEff)),
          Math.sqrt(d) * (1 - 1 / (4.0 * d) + 1 / (21.0 * d * d)));
    }
  }

  private CmaEsState(
      Constants constants,
      double[] mean,
      double sigma,
      double[][] covariance,
      double[] pathSigma,
      double[] pathCovariance,
      int generation) {
    this.constants = constants;
    this.mean = mean;
    this.sigma = sigma;
    this.covariance = covariance;
    this.pathSigma = pathSigma;
    this.pathCovariance = pathCovariance;
    this.generation = generation;
    var eigen = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(covariance));
    axes = eigen.getV().getData();
    lengths = eigen.getEigenvalues();
    for (int k = 0; k < lengths.length; k++) {
      lengths[k] = Math.sqrt(Math.max(lengths[k], 1e-20));
    }
  }

  /** The middle of the unit cube with C = I. */
  static CmaEsState initial(int d, int lambda, double sigma) {
    double[] middle = new double[d];
    double[][] identity = new double[d][d];
    for (int k = 0; k < d; k++) {
      middle[k] = 0.5;
      identity[k][k] = 1;
    }
    return new CmaEsState(
        Constants.of(d, lambda), middle, sigma, identity, new double[d], new double[d], 0);
  }

  double[] mean() {
    return mean.clone();
  }

  /** x = m + σ·B·D·z, z ~ N(0, I); equations 38 to 40. */
  double[] sample(RandomGenerator random) {
    double[] z = new double[constants.d];
    for (int k = 0; k < z.length; k++) {
      z[k] = lengths[k] * random.nextGaussian();
    }
    double[] x = mean.clone();
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < z.length; k++) {
        x[i] += sigma * axes[i][k] * z[k];
      }
    }
    return x;
  }

  /** The distribution after a generation of coordinates, best first; equations 41 to 47. */
  CmaEsState next(List<double[]> ranked) {
    Constants c = constants;
    int d = c.d;
    double[][] y = new double[c.weights.length][d];
    double[] step = new double[d];
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < d; k++) {
        y[i][k] = (ranked.get(i)[k] - mean[k]) / sigma;
        step[k] += c.weights[i] * y[i][k];
      }
    }
    double[] whitened = whiten(step);
    double[] ps = new double[d];
    double[] pc = new double[d];
    double norm = 0;
    for (int k = 0; k < d; k++) {
      ps[k] =
          (1 - c.cSigma) * pathSigma[k]
              + Math.sqrt(c.cSigma * (2 - c.cSigma) * c.muEff) * whitened[k];
      norm += ps[k] * ps[k];
    }
    norm = Math.sqrt(norm);
    double started = Math.sqrt(1 - Math.pow(1 - c.cSigma, 2.0 * (generation + 1)));
    double h = norm / started < (1.4 + 2 / (d + 1.0)) * c.expectedNorm ? 1 : 0;
    double[] newMean = new double[d];
    for (int k = 0; k < d; k++) {
      pc[k] = (1 - c.cC) * pathCovariance[k] + h * Math.sqrt(c.cC * (2 - c.cC) * c.muEff) * step[k];
      newMean[k] = Math.clamp(mean[k] + sigma * step[k], 0, 1);
    }
    double kept = 1 - c.c1 - c.cMu + (1 - h) * c.c1 * c.cC * (2 - c.cC);
    double[][] newCovariance = new double[d][d];
    for (int a = 0; a < d; a++) {
      // One half is mirrored: the products' rounding would break the symmetry.
      for (int b = 0; b <= a; b++) {
        double rankMu = 0;
        for (int i = 0; i < y.length; i++) {
          rankMu += c.weights[i] * y[i][a] * y[i][b];
        }
        newCovariance[a][b] = kept * covariance[a][b] + c.c1 * pc[a] * pc[b] + c.cMu * rankMu;
        newCovariance[b][a] = newCovariance[a][b];
      }
    }
    double growth = Math.exp(Math.min(1, c.cSigma / c.dSigma * (norm / c.expectedNorm - 1)));
    double newSigma = Math.clamp(sigma * growth, 1e-9, 1.0);
    return new CmaEsState(c, newMean, newSigma, newCovariance, ps, pc, generation + 1);
  }

  /** C^(−1/2)·v = B·D⁻¹·Bᵀ·v. */
  private double[] whiten(double[] v) {
    double[] result = new double[v.length];
    for (int k = 0; k < v.length; k++) {
      double along = 0;
      for (int i = 0; i < v.length; i++) {
        along += axes[i][k] * v[i];
      }
      for (int i = 0; i < v.length; i++) {
        result[i] += axes[i][k] * along / lengths[k];
      }
    }
    return result;
  }
}
