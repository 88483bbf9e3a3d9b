package io.ilteo.tuner.domain.pruner;

import io.ilteo.tuner.domain.study.Settings;
import java.util.Map;

/**
 * Prunes a trial whose best loss so far is worse than a percentile of what the others had reached
 * by the same step; with 50, the median stopping rule (Golovin et al. 2017, section 3.2.2).
 *
 * @param rule its name in decisions
 * @param percentile share of the others, in percent, that a trial must be among
 * @param warmupSteps steps up to which nothing is pruned
 * @param minTrials others that must have reported at the step
 * @param interval only every so many steps after the warm-up are judged
 */
record PercentilePruner(
    String rule, double percentile, long warmupSteps, int minTrials, long interval)
    implements Pruner {
  static PercentilePruner median(Settings settings) {
    return of("median", 50, settings);
  }

  static PercentilePruner percentile(Settings settings) {
    return of("percentile", settings.number("percentile", 25, 0, 100), settings);
  }

  private static PercentilePruner of(String rule, double percentile, Settings settings) {
    return new PercentilePruner(
        rule,
        percentile,
        settings.integer("warmup_steps", 2, 0, Integer.MAX_VALUE),
        settings.integer("min_trials", 5, 1, Integer.MAX_VALUE),
        settings.integer("interval_steps", 1, 1, Integer.MAX_VALUE));
  }

  @Override
  public PruningDecision decide(
      long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    double best = Curves.best(step, losses);
    Curves compared = Curves.bestAt(step, others);
    double threshold = Curves.quantile(compared.reached(), percentile / 100);
    boolean due = step > warmupSteps && (step - warmupSteps - 1) % interval == 0;
    boolean pruned = due && compared.numbers().size() >= minTrials && best > threshold;
    return new PruningDecision(rule, step, best, threshold, pruned, compared.numbers());
  }
}
