package io.ilteo.tuner.domain.pruner;

import java.util.List;
import java.util.Map;

/** Decides whether a trial is worth going on with. A pure function of its arguments. */
public interface Pruner {
  /**
   * Decides at a step.
   *
   * @param step the step just reported
   * @param losses this trial's losses by step, least is best
   * @param others the same of the study's other trials, by number
   */
  PruningDecision decide(
      long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others);

  /**
   * Decides at a step for a rule that divides trials by their number; others ignore it.
   *
   * @param number this trial's
   */
  default PruningDecision decide(
      int number, long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    return decide(step, losses, others);
  }

  /** Why a trial was or was not pruned. */
  record PruningDecision(
      String rule,
      long step,
      double value,
      double threshold,
      boolean pruned,
      List<Integer> comparisonSet) {
    public PruningDecision {
      comparisonSet = List.copyOf(comparisonSet);
    }
  }
}
