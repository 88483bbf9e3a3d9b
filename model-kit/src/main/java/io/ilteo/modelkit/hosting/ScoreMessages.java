package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.training.PersonBootstrap.Interval;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import java.util.Map;
import java.util.TreeMap;

/** Figures as messages; what is not finite is left out. */
final class ScoreMessages {
  private ScoreMessages() {}

  static Score plain(String name, Map<String, Double> metrics) {
    return withIntervals(name, metrics, Map.of());
  }

  static Score withIntervals(
      String name, Map<String, Double> metrics, Map<String, Interval> intervals) {
    Score.Builder score = Score.newBuilder().setName(name);
    new TreeMap<>(metrics)
        .forEach(
            (metric, value) -> {
              if (Double.isFinite(value)) {
                MetricEstimate.Builder estimate =
                    MetricEstimate.newBuilder().setName(metric).setValue(value);
                Interval interval = intervals.get(metric);
                if (interval != null) {
                  estimate.setLower(interval.lower()).setUpper(interval.upper());
                }
                score.addMetrics(estimate);
              }
            });
    return score.build();
  }
}
