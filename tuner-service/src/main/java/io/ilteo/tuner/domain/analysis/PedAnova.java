package io.ilteo.tuner.domain.analysis;

import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.Domain.CategoricalDomain;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.Arrays;
import java.util.Comparator;

/**
 * PED-ANOVA (Watanabe, Bansal, Hutter 2023, arXiv 2304.10255, Algorithm 1): the Pearson divergence
 * between where the best γ of the trials lie and where all lie, for each parameter by itself.
 *
 * <p>v = γ²·E_q[(p/q − 1)²], p and q densities of the parameter over a grid, from the best and from
 * all trials, each smoothed by a normal kernel of Scott's width and one uniform pseudo-trial.
 */
final class PedAnova {
  private static final double BEST_SHARE = 0.1;
  private static final int GRID = 50;

  private PedAnova() {}

  static double[] importance(SearchSpace space, UnitTrials trials) {
    int n = trials.size();
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> trials.losses()[i]));
    int best = Math.max(2, (int) Math.ceil(BEST_SHARE * n));
    double[] importance = new double[space.parameters().size()];
    for (int p = 0; p < importance.length; p++) {
      Domain domain = space.parameters().get(p).domain();
      int bins = (int) Math.min(GRID, domain.cardinality());
      if (bins < 2) {
        continue;
      }
      int parameter = p;
      double[] all =
          Arrays.stream(order)
              .mapToDouble(i -> trials.x()[i][parameter])
              .filter(x -> !Double.isNaN(x))
              .toArray();
      double[] good =
          Arrays.stream(order)
              .limit(best)
              .mapToDouble(i -> trials.x()[i][parameter])
              .filter(x -> !Double.isNaN(x))
              .toArray();
      boolean smooth = !(domain instanceof CategoricalDomain || bins == domain.cardinality());
      importance[p] = divergence(density(good, bins, smooth), density(all, bins, smooth));
    }
    return importance;
  }

  private static double divergence(double[] p, double[] q) {
    double sum = 0;
    for (int b = 0; b < p.length; b++) {
      double off = p[b] / q[b] - 1;
      sum += q[b] * off * off;
    }
    return BEST_SHARE * BEST_SHARE * sum;
  }

  /** Probabilities of the grid's cells; all positive. */
  private static double[] density(double[] x, int bins, boolean smooth) {
    double[] density = new double[bins];
    Arrays.fill(density, 1.0 / bins);
    double mean = Arrays.stream(x).average().orElse(0.5);
    double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double width =
        Math.max(1.06 * Math.sqrt(variance) * Math.pow(Math.max(1, x.length), -0.2), 0.5 / bins);
    for (double at : x) {
      double[] kernel = new double[bins];
      double mass = 0;
      for (int b = 0; b < bins; b++) {
        double z = ((b + 0.5) / bins - at) / width;
        boolean own = b == Math.min((int) (at * bins), bins - 1);
        kernel[b] = smooth ? Math.exp(-0.5 * z * z) : own ? 1 : 0;
        mass += kernel[b];
      }
      for (int b = 0; b < bins; b++) {
        density[b] += kernel[b] / mass;
      }
    }
    for (int b = 0; b < bins; b++) {
      density[b] /= x.length + 1;
    }
    return density;
  }
}
