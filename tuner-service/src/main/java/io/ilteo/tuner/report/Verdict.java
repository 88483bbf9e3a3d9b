package io.ilteo.tuner.report;

import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether a model beats the best of its baselines.
 *
 * <p>The rule: it beats it if its value lies beyond the baseline's 95 % interval on the better
 * side, it fails to if it is not better at all, and nothing can be said in between. Where no
 * interval was computed, a better value is only ahead: the best of many trials on the fold that
 * chose it is no evidence by itself.
 *
 * @param baseline the best baseline by the objective
 * @param improvement share of the baseline's value by which the model is better; negative if worse
 */
record Verdict(Kind kind, String baseline, MetricEstimate estimate, double improvement) {
  /** What can be said. */
  enum Kind {
    BEATS,
    AHEAD,
    UNDECIDED,
    FAILS
  }

  /** The verdict, or empty if no baseline has the objective's metric. */
  static Optional<Verdict> of(Objective objective, double value, List<Score> baselines) {
    boolean minimize = objective.direction() == Direction.MINIMIZE;
    record Candidate(String name, MetricEstimate estimate) {}
    Comparator<Candidate> byValue = Comparator.comparingDouble(c -> c.estimate().getValue());
    return baselines.stream()
        .flatMap(
            score ->
                score.getMetricsList().stream()
                    .filter(metric -> metric.getName().equals(objective.metric()))
                    .map(metric -> new Candidate(score.getName(), metric)))
        .min(minimize ? byValue : byValue.reversed())
        .map(best -> judge(minimize, value, best.name(), best.estimate()));
  }

  /** Name of the baseline that is best by the objective. */
  static Optional<String> bestBaseline(Objective objective, List<Score> baselines) {
    return of(objective, 0, baselines).map(Verdict::baseline);
  }

  private static Verdict judge(boolean minimize, double value, String name, MetricEstimate best) {
    double gain = minimize ? best.getValue() - value : value - best.getValue();
    boolean bare = best.getLower() == 0 && best.getUpper() == 0;
    double edge = minimize ? best.getLower() : best.getUpper();
    boolean beyond = minimize ? value < edge : value > edge;
    Kind better = bare ? Kind.AHEAD : beyond ? Kind.BEATS : Kind.UNDECIDED;
    Kind kind = gain <= 0 ? Kind.FAILS : better;
    return new Verdict(kind, name, best, gain / Math.max(1e-12, Math.abs(best.getValue())));
  }
}
