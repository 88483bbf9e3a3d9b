package io.ilteo.tuner.domain.pruner;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pruners by name. */
public final class Pruners {
  /** The name of no pruning, which an empty name stands for. */
  public static final String NONE = "none";

  private Pruners() {}

  /**
   * The pruner called {@code name}, or empty for none.
   *
   * @throws IllegalArgumentException naming what is unknown and what would be accepted
   */
  public static Optional<Pruner> named(String name, Map<String, Double> settings) {
    if (name.isEmpty() || name.equals(NONE)) {
      return Optional.empty();
    }
    if (name.equals("median")) {
      return Optional.of(MedianPruner.of(settings));
    }
    throw new IllegalArgumentException(
        "pruner \"" + name + "\" is unknown; there are " + List.of(NONE, "median"));
  }
}
