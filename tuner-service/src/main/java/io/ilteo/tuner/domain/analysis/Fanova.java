package io.ilteo.tuner.domain.analysis;

import io.ilteo.tuner.domain.sampler.TrialRandom;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.random.RandomGenerator;

/**
 * Functional ANOVA (Hutter, Hoos, Leyton-Brown 2014, Algorithm 2): the share of a random forest's
 * variance over the cube that each parameter explains by itself, averaged over trees.
 *
 * <p>Parameters that do not exist in a trial count as the middle of their domain. At most the
 * latest 2,000 trials are used.
 */
final class Fanova {
  private static final int TREES = 64;
  private static final int MAX_TRIALS = 2_000;
  private static final long SEED = 20_140_622;

  private Fanova() {}

  static double[] importance(SearchSpace space, UnitTrials trials) {
    int n = Math.min(MAX_TRIALS, trials.size());
    int offset = trials.size() - n;
    int d = space.parameters().size();
    double[][] x = new double[n][d];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      y[i] = trials.losses()[offset + i];
      for (int p = 0; p < d; p++) {
        double unit = trials.x()[offset + i][p];
        x[i][p] = Double.isNaN(unit) ? 0.5 : unit;
      }
    }
    double[] importance = new double[d];
    for (int t = 0; t < TREES; t++) {
      RandomGenerator random = TrialRandom.of(SEED, t);
      int[] bootstrap = random.ints(n, 0, n).toArray();
      RegressionTree tree = RegressionTree.grow(x, y, bootstrap, random);
      double variance = tree.variance();
      for (int p = 0; p < d && variance > 0; p++) {
        importance[p] += tree.marginalVariance(p) / variance / TREES;
      }
    }
    return importance;
  }
}
