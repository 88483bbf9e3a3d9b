package io.ilteo.modelkit.panel.fold;

import io.ilteo.modelkit.panel.mapping.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * Which targets count, and for which rows.
 *
 * @param wagePopulation rows of the mapping whose wage counts, or null where wages do not
 * @param satisfactionPopulation rows whose satisfaction counts, or null where it does not
 */
public record TargetSelection(
    @Nullable String wagePopulation, @Nullable String satisfactionPopulation) {
  /** Both targets, where the mapping has them, on the mapping's own populations. */
  public static TargetSelection both(Mapping mapping) {
    return new TargetSelection(wageOf(mapping), satisfactionOf(mapping));
  }

  /** The wage only, on the mapping's own population. */
  public static TargetSelection wage(Mapping mapping) {
    return new TargetSelection(mapping.requireWage().population(), null);
  }

  /** The satisfaction only, on the mapping's own population. */
  public static TargetSelection satisfaction(Mapping mapping) {
    return new TargetSelection(null, mapping.requireSatisfaction().population());
  }

  private static @Nullable String wageOf(Mapping mapping) {
    return mapping.wage() == null ? null : mapping.wage().population();
  }

  private static @Nullable String satisfactionOf(Mapping mapping) {
    return mapping.satisfaction() == null ? null : mapping.satisfaction().population();
  }
}
