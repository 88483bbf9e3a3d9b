package io.ilteo.tuner.domain.pruner;

import io.ilteo.tuner.domain.study.Settings;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hyperband (Li et al. 2018, Algorithm 1), asynchronous: each trial belongs to one of the brackets
 * s = 0 … ⌊log_η(R/r)⌋, by its number, in proportion to ⌈(s_max + 1)·η^(s_max − s)/(s_max − s + 1)⌉
 * ; within a bracket trials are halved among themselves, starting at r·ηˢ steps.
 *
 * @param minResource r
 * @param maxResource R
 * @param reduction η
 */
record HyperbandPruner(long minResource, long maxResource, int reduction) implements Pruner {
  private static final String RULE = "hyperband";

  static HyperbandPruner of(Settings settings) {
    int min = settings.integer("min_resource", 1, 1, Integer.MAX_VALUE);
    return new HyperbandPruner(
        min,
        settings.integer("max_resource", Math.max(min, 81), min, Integer.MAX_VALUE),
        settings.integer("reduction_factor", 3, 2, 1_000));
  }

  @Override
  public PruningDecision decide(
      long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    return decide(0, step, losses, others);
  }

  @Override
  public PruningDecision decide(
      int number, long step, Map<Long, Double> losses, Map<Integer, Map<Long, Double>> others) {
    int bracket = bracketOf(number);
    Map<Integer, Map<Long, Double>> same = new TreeMap<>(others);
    same.keySet().removeIf(other -> bracketOf(other) != bracket);
    return new HalvingPruner(RULE, minResource, reduction, bracket).decide(step, losses, same);
  }

  /** The bracket of a trial: 0 prunes earliest. */
  int bracketOf(int number) {
    int most = brackets() - 1;
    long[] shares = new long[most + 1];
    long total = 0;
    for (int s = 0; s <= most; s++) {
      shares[s] = (long) Math.ceil((most + 1) * Math.pow(reduction, most - s) / (most - s + 1));
      total += shares[s];
    }
    // A Weyl sequence spreads consecutive numbers evenly over the brackets.
    double place = number * 0.6180339887498949 % 1 * total;
    int bracket = 0;
    while (bracket < most && place >= shares[bracket]) {
      place -= shares[bracket++];
    }
    return bracket;
  }

  private int brackets() {
    int brackets = 1;
    for (double r = minResource; r * reduction <= maxResource; r *= reduction) {
      brackets++;
    }
    return brackets;
  }
}
