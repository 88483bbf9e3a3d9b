package io.ilteo.tuner.domain.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Empirical distribution function: share of values at or below each. */
public final class Distribution {
  private Distribution() {}

  /** A value and the share of all values not above it. */
  public record Step(double value, double share) {}

  /** Steps by increasing value, at most {@code maxPoints} (≥ 2), first and last included. */
  public static List<Step> of(double[] values, int maxPoints) {
    double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < sorted.length; i++) {
      if (i + 1 == sorted.length || sorted[i + 1] > sorted[i]) {
        steps.add(new Step(sorted[i], (i + 1.0) / sorted.length));
      }
    }
    if (steps.size() <= maxPoints) {
      return steps;
    }
    List<Step> few = new ArrayList<>();
    for (int i = 0; i < maxPoints; i++) {
      few.add(steps.get((int) ((long) i * (steps.size() - 1) / (maxPoints - 1))));
    }
    return few;
  }
}
