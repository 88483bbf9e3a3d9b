package io.ilteo.tuner.domain.analysis;

import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much each parameter matters: shares by name that sum to 1, greatest first. */
public final class Importance {
  /** The names of the ways to measure it, the default first. */
  public static final List<String> METHODS = List.of("ped_anova", "fanova");

  private Importance() {}

  /** A way of measuring it. */
  private interface Method {
    double[] shares(SearchSpace space, UnitTrials trials);
  }

  /**
   * Shares for one objective.
   *
   * @param method {@code ped_anova}, {@code fanova}, or empty for the first
   * @throws IllegalArgumentException if the method is unknown or fewer than 2 trials have a value
   */
  public static Map<String, Double> of(
      SearchSpace space, List<FinishedTrial> trials, int objective, String method) {
    Method chosen =
        switch (method) {
          case "", "ped_anova" -> PedAnova::importance;
          case "fanova" -> Fanova::importance;
          default ->
              throw new IllegalArgumentException(
                  "method \"" + method + "\" is unknown; there are ped_anova, fanova");
        };
    UnitTrials numbers = UnitTrials.of(space, trials, objective);
    if (numbers.size() < 2) {
      throw new IllegalArgumentException(
          "importance needs 2 trials with a value; there are " + numbers.size());
    }
    double[] raw = chosen.shares(space, numbers);
    double sum = 0;
    for (double value : raw) {
      sum += value;
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int p = 0; p < raw.length; p++) {
      double share = sum > 0 ? raw[p] / sum : 1.0 / raw.length;
      shares.put(space.parameters().get(p).name(), share);
    }
    Map<String, Double> sorted = new LinkedHashMap<>();
    shares.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
