package io.ilteo.tuner.domain.pruner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Prunes a trial whose best loss so far is worse than the median of what the others had reached by
 * the same step (Golovin et al. 2017, Google Vizier, section 3.2.2).
 *
 * @param warmupSteps steps before which nothing is pruned
 * @param minTrials others that must have reported at the step
 */
public record MedianPruner(long warmupSteps, int minTrials) implements Pruner {
  private static final long DEFAULT_WARMUP = 2;
  private static final int DEFAULT_TRIALS = 5;

  static MedianPruner of(Map<String, Double> settings) {
    for (String name : settings.keySet()) {
      if (!List.of("warmup_steps", "min_trials").contains(name)) {
        throw new IllegalArgumentException(
            "pruner median has no setting " + name + "; it has warmup_steps and min_trials");
      }
    }
    return new MedianPruner(
        settings.getOrDefault("warmup_steps", (double) DEFAULT_WARMUP).longValue(),
        settings.getOrDefault("min_trials", (double) DEFAULT_TRIALS).intValue());
  }

  @Override
  public PruningDecision decide(
      long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    double best = bestUpTo(step, losses);
    List<Integer> compared = new ArrayList<>();
    List<Double> reached = new ArrayList<>();
    others.forEach(
        (number, curve) -> {
          if (curve.containsKey(step)) {
            compared.add(number);
            reached.add(bestUpTo(step, curve));
          }
        });
    double median = median(reached);
    boolean enough = step > warmupSteps && reached.size() >= minTrials;
    return new PruningDecision("median", step, best, median, enough && best > median, compared);
  }

  private static double bestUpTo(long step, Map<Long, Double> curve) {
    return curve.entrySet().stream()
        .filter(entry -> entry.getKey() <= step)
        .mapToDouble(Map.Entry::getValue)
        .filter(Double::isFinite)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (n == 0) {
      return Double.NaN;
    }
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
