package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Configuration;
import java.util.List;

/**
 * What a sampler may look at: trials that had ended at the cut, in the order in which they ended,
 * and the configurations that were running then, in the order of their numbers.
 */
public record History(List<FinishedTrial> finished, List<Configuration> running) {
  public History {
    finished = List.copyOf(finished);
    running = List.copyOf(running);
  }

  /** Whether a configuration was tried or is running. */
  public boolean hasTried(Configuration configuration) {
    return running.contains(configuration)
        || finished.stream().anyMatch(trial -> trial.configuration().equals(configuration));
  }

  /** The history before the first trial. */
  public static History empty() {
    return new History(List.of(), List.of());
  }
}
