package io.ilteo.tuner.domain.space;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A point of a search space: values by name, in the order of the names. */
public record Configuration(SortedMap<String, ParameterValue> values) {
  public Configuration {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** A configuration of the given values. */
  public static Configuration of(Map<String, ParameterValue> values) {
    return new Configuration(new TreeMap<>(values));
  }

  /** The value of {@code name}, if it exists here. */
  public Optional<ParameterValue> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value of {@code name}, which must exist here. */
  public ParameterValue require(String name) {
    return get(name)
        .orElseThrow(() -> new IllegalArgumentException("parameter " + name + " has no value"));
  }
}
