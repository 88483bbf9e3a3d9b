package io.ilteo.tuner.domain.study;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Named numbers that a sampler or pruner is built from, read with defaults and bounds.
 *
 * <p>Every problem is an {@link IllegalArgumentException} that names the owner, the setting, the
 * value, and what would be accepted.
 */
public final class Settings {
  private final String owner;
  private final Map<String, Double> given;
  private final TreeSet<String> known = new TreeSet<>();

  /**
   * Wraps what was given.
   *
   * @param owner for messages, e.g. {@code sampler tpe}
   */
  public Settings(String owner, Map<String, Double> given) {
    this.owner = owner;
    this.given = new TreeMap<>(given);
  }

  /** A number in [min, max]. */
  public double number(String name, double fallback, double min, double max) {
    known.add(name);
    double value = given.getOrDefault(name, fallback);
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          "%s: %s is %s; accepted: %s to %s".formatted(owner, name, value, min, max));
    }
    return value;
  }

  /** A whole number in [min, max]. */
  public int integer(String name, int fallback, int min, int max) {
    double value = number(name, fallback, min, max);
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException(
          "%s: %s is %s; accepted: a whole number from %s to %s"
              .formatted(owner, name, value, min, max));
    }
    return (int) value;
  }

  /** 1 for yes or 0 for no. */
  public boolean flag(String name, boolean fallback) {
    return integer(name, fallback ? 1 : 0, 0, 1) == 1;
  }

  /** Whether {@code name} was given. */
  public boolean has(String name) {
    known.add(name);
    return given.containsKey(name);
  }

  /** Refuses what no reader asked for. Call it after the last read. */
  public void requireNoOthers() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s has no setting %s; accepted: %s"
                .formatted(owner, name, known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
  }
}
