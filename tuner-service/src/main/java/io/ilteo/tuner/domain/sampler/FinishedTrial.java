package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Configuration;
import java.util.List;

/**
 * A trial that has ended, as samplers see it.
 *
 * @param losses one value for each objective, turned so that less is better; empty if it failed
 * @param violation how far metric constraints are exceeded, 0 if none
 */
public record FinishedTrial(
    int number, Configuration configuration, List<Double> losses, double violation) {
  public FinishedTrial {
    losses = List.copyOf(losses);
    if (!losses.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("losses must be finite; a failed trial has none");
    }
  }

  /** Whether the trial gave no value. */
  public boolean failed() {
    return losses.isEmpty();
  }
}
