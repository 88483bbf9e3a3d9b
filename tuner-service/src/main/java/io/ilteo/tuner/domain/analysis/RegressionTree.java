package io.ilteo.tuner.domain.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A regression tree over the unit cube, grown by least squares on random subsets of the dimensions
 * (Breiman 2001); kept as the boxes of its leaves.
 */
record RegressionTree(List<Leaf> leaves) {
  private static final int MIN_LEAF = 3;
  private static final int MAX_LEAVES = 512;

  /** A box [low, high) (d) and the mean of the trials in it. */
  record Leaf(double[] low, double[] high, double value) {}

  /** Grows a tree on the given trials. X (n×d) without NaN, y (n). */
  static RegressionTree grow(double[][] x, double[] y, int[] trials, RandomGenerator random) {
    int d = x[0].length;
    double[] one = new double[d];
    Arrays.fill(one, 1);
    List<Leaf> leaves = new ArrayList<>();
    split(x, y, trials, new double[d], one, random, leaves);
    return new RegressionTree(leaves);
  }

  private static void split(
      double[][] x,
      double[] y,
      int[] trials,
      double[] low,
      double[] high,
      RandomGenerator random,
      List<Leaf> leaves) {
    int dimension = -1;
    double at = 0;
    double gain = 1e-12;
    int d = low.length;
    for (int tries = 0; tries < (d + 1) / 2 && leaves.size() < MAX_LEAVES; tries++) {
      int k = random.nextInt(d);
      Integer[] order = Arrays.stream(trials).boxed().toArray(Integer[]::new);
      Arrays.sort(order, Comparator.comparingDouble(i -> x[i][k]));
      double total = Arrays.stream(trials).mapToDouble(i -> y[i]).sum();
      double left = 0;
      for (int i = 0; i + MIN_LEAF < order.length; i++) {
        left += y[order[i]];
        double a = x[order[i]][k];
        double b = x[order[i + 1]][k];
        if (i + 1 < MIN_LEAF || a == b) {
          continue;
        }
        int n = i + 1;
        int m = order.length - n;
        double right = total - left;
        double reduction = left * left / n + right * right / m - total * total / order.length;
        if (reduction > gain) {
          gain = reduction;
          dimension = k;
          at = (a + b) / 2;
        }
      }
    }
    if (dimension < 0) {
      double mean = Arrays.stream(trials).mapToDouble(i -> y[i]).average().orElse(0);
      leaves.add(new Leaf(low, high, mean));
      return;
    }
    int k = dimension;
    double threshold = at;
    double[] middleHigh = high.clone();
    middleHigh[k] = at;
    double[] middleLow = low.clone();
    middleLow[k] = at;
    int[] below = Arrays.stream(trials).filter(i -> x[i][k] < threshold).toArray();
    int[] above = Arrays.stream(trials).filter(i -> x[i][k] >= threshold).toArray();
    split(x, y, below, low, middleHigh, random, leaves);
    split(x, y, above, middleLow, high, random, leaves);
  }

  /** Variance of the tree's marginal prediction along dimension k, others integrated out. */
  double marginalVariance(int k) {
    double[] cuts = leaves.stream().mapToDouble(leaf -> leaf.low[k]).sorted().distinct().toArray();
    double[] marginal = new double[cuts.length];
    for (Leaf leaf : leaves) {
      double volume = 1;
      for (int j = 0; j < leaf.low.length; j++) {
        volume *= j == k ? 1 : leaf.high[j] - leaf.low[j];
      }
      int from = Arrays.binarySearch(cuts, leaf.low[k]);
      for (int c = from; c < cuts.length && cuts[c] < leaf.high[k]; c++) {
        marginal[c] += volume * leaf.value;
      }
    }
    double mean = 0;
    double squares = 0;
    for (int c = 0; c < cuts.length; c++) {
      double width = (c + 1 < cuts.length ? cuts[c + 1] : 1) - cuts[c];
      mean += width * marginal[c];
      squares += width * marginal[c] * marginal[c];
    }
    return Math.max(0, squares - mean * mean);
  }

  /** Variance of the tree's prediction over the cube. */
  double variance() {
    double mean = 0;
    double squares = 0;
    for (Leaf leaf : leaves) {
      double volume = 1;
      for (int j = 0; j < leaf.low.length; j++) {
        volume *= leaf.high[j] - leaf.low[j];
      }
      mean += volume * leaf.value;
      squares += volume * leaf.value * leaf.value;
    }
    return Math.max(0, squares - mean * mean);
  }
}
