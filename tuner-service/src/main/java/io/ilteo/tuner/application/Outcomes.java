package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.study.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What final metrics mean for a trial. */
public final class Outcomes {
  private Outcomes() {}

  /** Completed, or failed if an objective is missing, NaN or infinite. */
  public static Outcome of(
      List<Objective> objectives, Map<String, Double> metrics, String candidate) {
    for (Objective objective : objectives) {
      Double value = metrics.get(objective.metric());
      if (value == null) {
        return new Outcome.Failed("there is no " + objective.metric() + " among the metrics");
      }
      if (!Double.isFinite(value)) {
        return new Outcome.Failed(objective.metric() + " is " + value);
      }
    }
    return new Outcome.Completed(metrics, objectives(objectives, metrics).orElseThrow(), candidate);
  }

  /** One finite value for each objective, or empty if any is missing. */
  public static Optional<List<Double>> objectives(
      List<Objective> objectives, Map<String, Double> metrics) {
    List<Double> values = new ArrayList<>();
    for (Objective objective : objectives) {
      Double value = metrics.get(objective.metric());
      if (value == null || !Double.isFinite(value)) {
        return Optional.empty();
      }
      values.add(value);
    }
    return Optional.of(values);
  }
}
