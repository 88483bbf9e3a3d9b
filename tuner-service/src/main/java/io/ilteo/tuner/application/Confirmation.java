package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.TrialId;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A winner run again on fresh seeds.
 *
 * @param selectedValue the first objective as the search saw it
 * @param values the same of the fresh seeds that have completed
 * @param open seeds that wait or run
 * @param candidates trained networks of the fresh seeds
 */
public record Confirmation(
    TrialId trial, double selectedValue, List<Double> values, int open, List<String> candidates) {
  private static final double TWO_SIDED_95 = 0.975;

  public Confirmation {
    values = List.copyOf(values);
    candidates = List.copyOf(candidates);
  }

  /**
   * Mean over seeds with its 95 % interval by Student's t.
   *
   * @param optimismGap how much better the search saw it than the mean; positive means luck
   */
  public record Estimate(double mean, double lower, double upper, double optimismGap) {}

  /** The estimate, or empty below two values. */
  public Optional<Estimate> estimate(Direction direction) {
    int n = values.size();
    if (n < 2) {
      return Optional.empty();
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    double t = new TDistribution(n - 1).inverseCumulativeProbability(TWO_SIDED_95);
    double gap = direction.loss(mean) - direction.loss(selectedValue);
    return Optional.of(new Estimate(mean, mean - t * error, mean + t * error, gap));
  }
}
