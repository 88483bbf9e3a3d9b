package io.ilteo.modelkit.panel.mapping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.List;

/** A closed interval of accepted values; written {@code [low, high]} in YAML. */
public record Range(double low, double high) {
  public Range {
    if (!(low <= high)) {
      throw new InvalidArgument(
          "Range [%s, %s]: the first must not exceed the second.".formatted(low, high));
    }
  }

  @JsonCreator
  static Range of(List<Double> bounds) {
    if (bounds.size() != 2) {
      throw new InvalidArgument("Range %s: expected [low, high].".formatted(bounds));
    }
    return new Range(bounds.get(0), bounds.get(1));
  }

  @JsonValue
  List<Double> bounds() {
    return List.of(low, high);
  }

  /** Whether {@code value} lies in the interval; false for NaN. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }
}
