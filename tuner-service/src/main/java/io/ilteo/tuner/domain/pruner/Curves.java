package io.ilteo.tuner.domain.pruner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the other trials had reached by a step, failures and gaps left out. */
record Curves(List<Integer> numbers, double[] reached) {
  /** Others that reported at {@code step}, each by its least loss up to there. */
  static Curves bestAt(long step, Map<Integer, Map<Long, Double>> others) {
    List<Integer> numbers = new ArrayList<>();
    List<Double> reached = new ArrayList<>();
    new TreeMap<>(others)
        .forEach(
            (number, curve) -> {
              double best = best(step, curve);
              if (curve.containsKey(step) && Double.isFinite(best)) {
                numbers.add(number);
                reached.add(best);
              }
            });
    return new Curves(numbers, reached.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Least finite loss up to {@code step}; +∞ without one. */
  static double best(long step, Map<Long, Double> curve) {
    if (curve instanceof Curve compact) {
      return compact.leastUpTo(step);
    }
    double best = Double.POSITIVE_INFINITY;
    for (Map.Entry<Long, Double> point : curve.entrySet()) {
      if (point.getKey() <= step && Double.isFinite(point.getValue())) {
        best = Math.min(best, point.getValue());
      }
    }
    return best;
  }

  /** The q-quantile (q in [0, 1]), linear between order statistics; NaN of nothing. */
  static double quantile(double[] values, double q) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = q * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
