package io.ilteo.tuner.domain.pruner;

import io.ilteo.tuner.domain.study.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prunes a trial that will hardly become the best: a {@link CurveModel} of the others carries its
 * curve on to the end, and it must be able to reach the best loss of all within so many standard
 * deviations (after Domhan et al. 2015, whose curves are parametric, one trial's alone).
 *
 * <p>Unlike a rule by ranks it lets nobody go on for being better than most, and cuts nobody short
 * who is behind but falls faster.
 *
 * @param warmupSteps steps up to which nothing is pruned
 * @param minTrials others that must have gone beyond the step
 * @param deviations how many standard deviations below what is expected a trial may come
 */
record ExtrapolationPruner(long warmupSteps, int minTrials, double deviations) implements Pruner {
  private static final String RULE = "extrapolation";

  /** The model rests on the latest: earlier ones add cost and nothing else. */
  private static final int MAX_CURVES = 200;

  static ExtrapolationPruner of(Settings settings) {
    return new ExtrapolationPruner(
        settings.integer("warmup_steps", 2, 0, Integer.MAX_VALUE),
        settings.integer("min_trials", 2, 1, Integer.MAX_VALUE),
        settings.number("deviations", 2, 0, 100));
  }

  @Override
  public PruningDecision decide(
      long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    double value = Curves.best(step, losses);
    List<Integer> further = new ArrayList<>();
    List<double[]> curves = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (Map.Entry<Integer, Map<Long, Double>> other :
        new TreeMap<>(others).descendingMap().entrySet()) {
      Map<Long, Double> curve = other.getValue();
      long last = curve.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
      best = Math.min(best, Curves.best(last, curve));
      if (curves.size() < MAX_CURVES && last > step) {
        further.add(other.getKey());
      }
      if (curves.size() < MAX_CURVES) {
        curves.add(Milestones.of(curve, last));
      }
    }
    further.sort(null);
    if (step <= warmupSteps || step < Milestones.step(0) || further.size() < minTrials) {
      return new PruningDecision(RULE, step, value, Double.NaN, false, further);
    }
    double reachable = value;
    if (Double.isFinite(value)) {
      CurveModel.End end = CurveModel.of(curves).end(Milestones.of(losses, step), step, value);
      reachable = end.loss() - deviations * end.deviation();
    }
    return new PruningDecision(RULE, step, reachable, best, !(reachable <= best), further);
  }
}
