package io.ilteo.tuner.domain.pruner;

import io.ilteo.tuner.domain.study.Settings;
import java.util.List;
import java.util.Map;

/**
 * Prunes a trial whose loss leaves [lower, upper] or is no number.
 *
 * @param lower least loss allowed
 * @param upper greatest loss allowed
 * @param warmupSteps steps up to which nothing is pruned
 */
record ThresholdPruner(double lower, double upper, long warmupSteps) implements Pruner {
  static ThresholdPruner of(Settings settings) {
    if (!settings.has("upper") && !settings.has("lower")) {
      throw new IllegalArgumentException("pruner threshold needs upper, lower, or both, as losses");
    }
    double infinite = Double.POSITIVE_INFINITY;
    return new ThresholdPruner(
        settings.number("lower", -infinite, -infinite, infinite),
        settings.number("upper", infinite, -infinite, infinite),
        settings.integer("warmup_steps", 0, 0, Integer.MAX_VALUE));
  }

  @Override
  public PruningDecision decide(
      long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    Double reported = losses.get(step);
    double value = reported == null ? Curves.best(step, losses) : reported;
    boolean inside = value >= lower && value <= upper;
    double threshold = value < lower ? lower : upper;
    return new PruningDecision(
        "threshold", step, value, threshold, step > warmupSteps && !inside, List.of());
  }
}
