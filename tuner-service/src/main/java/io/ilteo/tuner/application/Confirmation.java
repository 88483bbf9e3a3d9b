package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.TrialId;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A winner run again on fresh seeds.
 *
 * @param objectives what was measured, one for each objective of the study
 * @param open seeds that wait or run
 * @param candidates trained networks of the fresh seeds
 */
public record Confirmation(
    TrialId trial, List<Measured> objectives, int open, List<String> candidates) {
  private static final double TWO_SIDED_95 = 0.975;

  public Confirmation {
    objectives = List.copyOf(objectives);
    candidates = List.copyOf(candidates);
  }

  /** The study's first objective. */
  public Measured first() {
    return objectives.getFirst();
  }

  /** How many fresh seeds have completed. */
  public int seeds() {
    return first().values().size();
  }

  /**
   * Mean over seeds with its 95 % interval by Student's t.
   *
   * @param optimismGap how much better the search saw it than the mean; positive means luck
   */
  public record Estimate(double mean, double lower, double upper, double optimismGap) {}

  /**
   * One objective of the winner.
   *
   * @param selectedValue as the search saw it
   * @param values of the fresh seeds that have completed
   */
  public record Measured(Objective objective, double selectedValue, List<Double> values) {
    public Measured {
      values = List.copyOf(values);
    }

    /** The estimate, or empty below two values. */
    public Optional<Estimate> estimate() {
      int n = values.size();
      if (n < 2) {
        return Optional.empty();
      }
      double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
      double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      double error = Math.sqrt(squares / (n - 1) / n);
      double t = new TDistribution(n - 1).inverseCumulativeProbability(TWO_SIDED_95);
      Direction direction = objective.direction();
      double gap = direction.loss(mean) - direction.loss(selectedValue);
      return Optional.of(new Estimate(mean, mean - t * error, mean + t * error, gap));
    }
  }
}
