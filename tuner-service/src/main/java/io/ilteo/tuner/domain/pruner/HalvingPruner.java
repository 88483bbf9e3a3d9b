package io.ilteo.tuner.domain.pruner;

import io.ilteo.tuner.domain.study.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asynchronous successive halving (Li et al. 2020, "A system for massively parallel hyperparameter
 * tuning", Algorithm 2): rungs at r·ηᵏ⁺ˢ steps; a trial goes on past a rung if it is among the best
 * ⌊n/η⌋, at least 1, of the n trials that have reached it, itself included.
 *
 * @param rule its name in decisions
 * @param minResource r, steps of the first rung
 * @param reduction η
 * @param bracket s, rungs left out at the start
 */
record HalvingPruner(String rule, long minResource, int reduction, int bracket) implements Pruner {
  static HalvingPruner of(Settings settings) {
    return new HalvingPruner(
        "successive_halving",
        settings.integer("min_resource", 1, 1, Integer.MAX_VALUE),
        settings.integer("reduction_factor", 4, 2, 1_000),
        settings.integer("min_early_stopping_rate", 0, 0, 30));
  }

  @Override
  public PruningDecision decide(
      long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    long rung = rungAt(step, losses);
    double value = Curves.best(rung, losses);
    if (rung == 0) {
      return new PruningDecision(rule, step, value, Double.NaN, false, List.of());
    }
    List<Integer> compared = new ArrayList<>();
    List<Double> reached = new ArrayList<>();
    others.forEach(
        (number, curve) -> {
          if (curve.keySet().stream().anyMatch(reported -> reported >= rung)) {
            compared.add(number);
            reached.add(Curves.best(rung, curve));
          }
        });
    compared.sort(null);
    reached.add(value);
    reached.sort(null);
    int promoted = Math.max(1, reached.size() / reduction);
    double threshold = reached.get(promoted - 1);
    return new PruningDecision(rule, step, value, threshold, !(value <= threshold), compared);
  }

  /** The rung just passed: between the report before this one and this one; 0 if none. */
  private long rungAt(long step, Map<Long, Double> losses) {
    long before =
        losses.keySet().stream().filter(s -> s < step).mapToLong(Long::longValue).max().orElse(0);
    long passed = 0;
    double rung = minResource * Math.pow(reduction, bracket);
    for (; rung <= step; rung *= reduction) {
      if (rung > before) {
        passed = (long) rung;
      }
    }
    return passed;
  }
}
