package io.ilteo.tuner.domain.pruner;

import io.ilteo.tuner.domain.numeric.Normal;
import io.ilteo.tuner.domain.study.Settings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prunes a trial that is significantly worse than the best one on the folds or instances both have
 * seen, where a step is a fold and not a point in time: one-sided Wilcoxon signed-rank test
 * (Wilcoxon 1945), exact up to 20 pairs without ties, else the normal approximation with the
 * correction for ties. The decision's value is p, its threshold the significance level.
 *
 * @param level prune below this p
 * @param minSteps pairs that are needed
 */
record WilcoxonPruner(double level, int minSteps) implements Pruner {
  private static final int MAX_EXACT = 20;

  static WilcoxonPruner of(Settings settings) {
    return new WilcoxonPruner(
        settings.number("p_threshold", 0.1, 0, 1),
        settings.integer("min_steps", 2, 1, Integer.MAX_VALUE));
  }

  @Override
  public PruningDecision decide(
      long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    int best = -1;
    double bestMean = Double.POSITIVE_INFINITY;
    int most = others.values().stream().mapToInt(Map::size).max().orElse(0);
    for (Map.Entry<Integer, Map<Long, Double>> other : new TreeMap<>(others).entrySet()) {
      // A mean over fewer folds is no match: only trials that saw the most compete.
      double mean = other.getValue().size() == most ? mean(other.getValue()) : Double.NaN;
      if (mean < bestMean) {
        best = other.getKey();
        bestMean = mean;
      }
    }
    List<Double> differences = new ArrayList<>();
    Map<Long, Double> reference = others.getOrDefault(best, Map.of());
    new TreeMap<>(losses)
        .forEach(
            (fold, loss) -> {
              Double against = reference.get(fold);
              if (against != null && Double.isFinite(loss) && Double.isFinite(against)) {
                differences.add(loss - against);
              }
            });
    double p = differences.isEmpty() ? Double.NaN : pValueOfWorse(differences);
    boolean pruned = differences.size() >= minSteps && p < level && mean(losses) > bestMean;
    List<Integer> compared = best < 0 ? List.of() : List.of(best);
    return new PruningDecision("wilcoxon", step, p, level, pruned, compared);
  }

  private static double mean(Map<Long, Double> losses) {
    return losses.values().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** P(W⁺ ≥ w) under symmetry about 0. Zero differences are dropped. */
  static double pValueOfWorse(List<Double> differences) {
    List<Double> sorted =
        differences.stream()
            .filter(d -> d != 0)
            .sorted(Comparator.comparingDouble(Math::abs))
            .toList();
    int n = sorted.size();
    double positive = 0;
    double ties = 0;
    for (int i = 0; i < n; ) {
      int j = i;
      while (j < n && Math.abs(sorted.get(j)) == Math.abs(sorted.get(i))) {
        j++;
      }
      double rank = (i + 1 + j) / 2.0;
      double tied = j - i;
      ties += tied * tied * tied - tied;
      for (; i < j; i++) {
        positive += sorted.get(i) > 0 ? rank : 0;
      }
    }
    if (n <= MAX_EXACT && ties == 0) {
      return exact(n, (int) positive);
    }
    double variance = n * (n + 1.0) * (2.0 * n + 1) / 24 - ties / 48;
    return Normal.cdf(-(positive - n * (n + 1.0) / 4 - 0.5) / Math.sqrt(variance));
  }

  /** Share of the 2ⁿ sign patterns whose positive ranks sum to at least {@code w}. */
  private static double exact(int n, int w) {
    double[] ways = new double[n * (n + 1) / 2 + 1];
    ways[0] = 1;
    for (int rank = 1; rank <= n; rank++) {
      for (int sum = ways.length - 1; sum >= rank; sum--) {
        ways[sum] += ways[sum - rank];
      }
    }
    double atLeast = 0;
    for (int sum = w; sum < ways.length; sum++) {
      atLeast += ways[sum];
    }
    return atLeast / Math.pow(2, n);
  }
}
