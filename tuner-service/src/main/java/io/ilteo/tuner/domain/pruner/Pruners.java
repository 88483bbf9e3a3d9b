package io.ilteo.tuner.domain.pruner;

import io.ilteo.tuner.domain.study.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Pruners by name. */
public final class Pruners {
  /** The name of no pruning, which an empty name stands for. */
  public static final String NONE = "none";

  private static final Map<String, Function<Settings, Pruner>> BY_NAME =
      new TreeMap<>(
          Map.of(
              "median", PercentilePruner::median,
              "percentile", PercentilePruner::percentile,
              "successive_halving", HalvingPruner::of,
              "hyperband", HyperbandPruner::of,
              "extrapolation", ExtrapolationPruner::of,
              "threshold", ThresholdPruner::of,
              "patient", PatientPruner::of,
              "wilcoxon", WilcoxonPruner::of));

  private Pruners() {}

  /** The names that {@link #named} accepts, but {@link #NONE}. */
  public static Set<String> names() {
    return Set.copyOf(BY_NAME.keySet());
  }

  /**
   * The pruner called {@code name} with its settings, documented in docs/samplers.md, or empty for
   * none.
   *
   * @throws IllegalArgumentException naming what is unknown and what would be accepted
   */
  public static Optional<Pruner> named(String name, Map<String, Double> settings) {
    if (name.isEmpty() || name.equals(NONE)) {
      return Optional.empty();
    }
    Function<Settings, Pruner> factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "pruner \"%s\" is unknown; there are %s, %s"
              .formatted(name, NONE, String.join(", ", BY_NAME.keySet())));
    }
    Settings read = new Settings("pruner " + name, settings);
    Pruner pruner = factory.apply(read);
    read.requireNoOthers();
    return Optional.of(pruner);
  }
}
