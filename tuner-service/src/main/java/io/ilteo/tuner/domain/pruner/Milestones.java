package io.ilteo.tuner.domain.pruner;

import java.util.Map;

/**
 * The steps at which curves are compared: 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, …, since a training
 * changes with the logarithm of its steps.
 */
final class Milestones {
  private Milestones() {}

  /** The step of milestone k = 0, 1, 2, … */
  static long step(int k) {
    return k % 2 == 1 ? 1L << (k + 1) / 2 : k == 0 ? 1 : 3L << (k / 2 - 1);
  }

  /** Least finite loss of a curve by each milestone up to {@code last}; +∞ without one. */
  static double[] of(Map<Long, Double> curve, long last) {
    int count = 0;
    while (step(count) <= last) {
      count++;
    }
    double[] least = new double[count];
    for (int k = 0; k < count; k++) {
      least[k] = Curves.best(step(k), curve);
    }
    return least;
  }
}
