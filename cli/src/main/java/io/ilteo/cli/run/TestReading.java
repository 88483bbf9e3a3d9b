package io.ilteo.cli.run;

import io.ilteo.cli.client.StudyProgressLine;
import io.ilteo.cli.client.Values;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.Study;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a reading of the test fold says of the figure that was searched for.
 *
 * @param own of the model
 * @param baseline the best one on the same rows
 * @param difference model minus that baseline
 * @param minimize whether less is better
 */
record TestReading(
    MetricEstimate own, String baseline, MetricEstimate difference, boolean minimize) {

  /** Empty where the evaluation has not that figure. */
  static Optional<TestReading> of(Study study, Evaluation evaluation) {
    Objective objective = StudyProgressLine.objective(study);
    boolean minimize = objective.getDirection() == Direction.DIRECTION_MINIMIZE;
    String metric = objective.getMetric();
    Comparator<Score> byMetric =
        Comparator.comparingDouble(
            score -> (minimize ? 1 : -1) * Values.metric(score, metric).orElse(Double.NaN));
    Optional<Score> best =
        evaluation.getBaselinesList().stream()
            .filter(score -> Values.metric(score, metric).isPresent())
            .min(byMetric);
    return best.flatMap(
        baseline ->
            estimate(List.of(evaluation.getModel()), "model", metric)
                .flatMap(
                    own ->
                        estimate(evaluation.getDifferencesList(), baseline.getName(), metric)
                            .map(
                                difference ->
                                    new TestReading(
                                        own, baseline.getName(), difference, minimize))));
  }

  private static Optional<MetricEstimate> estimate(List<Score> scores, String name, String metric) {
    return scores.stream()
        .filter(score -> score.getName().equals(name))
        .flatMap(score -> score.getMetricsList().stream())
        .filter(estimate -> estimate.getName().equals(metric))
        .findFirst();
  }

  /** Better, worse, or not distinguishable, by the interval of the difference. */
  String verdict() {
    if (difference.getLower() <= 0 && difference.getUpper() >= 0) {
      return "not distinguishable";
    }
    return difference.getUpper() < 0 == minimize ? "better" : "worse";
  }

  /** One line for people. */
  String line() {
    return "%s against %s's, difference %s: %s"
        .formatted(interval(own), baseline, interval(difference), verdict());
  }

  private static String interval(MetricEstimate estimate) {
    return "%s [%s, %s]"
        .formatted(
            Values.number(estimate.getValue()),
            Values.number(estimate.getLower()),
            Values.number(estimate.getUpper()));
  }
}
