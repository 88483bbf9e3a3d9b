package io.ilteo.tuner.application;

import io.ilteo.proto.tuner.v1.MetricConstraint;
import io.ilteo.proto.tuner.v1.StudySpec;
import java.util.Map;

/** How far a trial's metrics are from what its study demands of them. */
public final class MetricConstraints {
  private MetricConstraints() {}

  /**
   * The sum of what exceeds its bound: 0 if feasible, infinite if a metric is missing or NaN. The
   * database's {@code is_feasible} says the same of 0 and more.
   */
  public static double violation(StudySpec spec, Map<String, Double> metrics) {
    double violation = 0;
    for (MetricConstraint constraint : spec.getMetricConstraintsList()) {
      double value = metrics.getOrDefault(constraint.getMetric(), Double.NaN);
      violation += Math.max(0, value - constraint.getUpperBound());
    }
    return Double.isNaN(violation) ? Double.POSITIVE_INFINITY : violation;
  }
}
