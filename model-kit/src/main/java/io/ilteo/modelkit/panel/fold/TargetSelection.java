package io.ilteo.modelkit.panel.fold;

import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.SatisfactionSpec;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import org.jspecify.annotations.Nullable;

/**
 * Which targets count, and for which rows.
 *
 * @param wagePopulation rows of the mapping whose wage counts, or null where wages do not
 * @param satisfactionPopulation rows whose satisfaction counts, or null where it does not
 * @param satisfactionClasses classes that satisfaction is folded into
 */
public record TargetSelection(
    @Nullable String wagePopulation,
    @Nullable String satisfactionPopulation,
    int satisfactionClasses) {
  private static final int USUAL_CLASSES = 3;

  /** Both targets, where the mapping has them, on the mapping's own populations. */
  public static TargetSelection both(Mapping mapping) {
    return new TargetSelection(wageOf(mapping), satisfactionOf(mapping), USUAL_CLASSES);
  }

  /** The wage only, on the mapping's own population. */
  public static TargetSelection wage(Mapping mapping) {
    return new TargetSelection(mapping.requireWage().population(), null, USUAL_CLASSES);
  }

  /**
   * The satisfaction only, on the mapping's own population.
   *
   * @throws InvalidArgument if the mapping has no folding into so many classes
   */
  public static TargetSelection satisfaction(Mapping mapping, int classes) {
    SatisfactionSpec satisfaction = mapping.requireSatisfaction();
    satisfaction.requireFolding(classes);
    return new TargetSelection(null, satisfaction.population(), classes);
  }

  private static @Nullable String wageOf(Mapping mapping) {
    return mapping.wage() == null ? null : mapping.wage().population();
  }

  private static @Nullable String satisfactionOf(Mapping mapping) {
    return mapping.satisfaction() == null ? null : mapping.satisfaction().population();
  }
}
