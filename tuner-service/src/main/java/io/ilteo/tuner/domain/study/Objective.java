package io.ilteo.tuner.domain.study;

import java.util.OptionalDouble;

/** What is optimised. */
public record Objective(String metric, Direction direction, OptionalDouble goal) {
  public Objective {
    if (metric.isBlank() || metric.length() > 128) {
      throw new IllegalArgumentException(
          "objective metric \"" + metric + "\"; a name of 1 to 128 characters");
    }
  }
}
