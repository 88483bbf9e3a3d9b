package io.ilteo.tuner.domain.space;

import java.util.List;

/** Holds where the parent exists and has one of {@code values}. */
public record Condition(String parent, List<ParameterValue> values) {
  public Condition {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a condition on " + parent + " needs at least one value");
    }
  }
}
