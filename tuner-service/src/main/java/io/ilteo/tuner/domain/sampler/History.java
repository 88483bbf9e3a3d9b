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

  /** The history before the first trial. */
  public static History empty() {
    return new History(List.of(), List.of());
  }
}
