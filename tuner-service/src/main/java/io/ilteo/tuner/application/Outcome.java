package io.ilteo.tuner.application;

import java.util.List;
import java.util.Map;

/** How an attempt ended. */
public sealed interface Outcome {
  /** It ran to its end; one finite value for each objective. */
  record Completed(Map<String, Double> metrics, List<Double> objectives, String candidate)
      implements Outcome {
    public Completed {
      metrics = Map.copyOf(metrics);
      objectives = List.copyOf(objectives);
    }
  }

  /** It was ended early because it was unpromising; metrics and objectives as reported last. */
  record Pruned(String rule, Map<String, Double> metrics, List<Double> objectives)
      implements Outcome {
    public Pruned {
      metrics = Map.copyOf(metrics);
      objectives = List.copyOf(objectives);
    }
  }

  /** The configuration does not work. */
  record Failed(String reason) implements Outcome {}

  /** The worker gives the lease back; the trial waits for another attempt. */
  record Preempted(String reason) implements Outcome {}

  /** The worker vanished; the trial waits for another attempt, if it has any left. */
  record Lost(String reason) implements Outcome {}

  /** A person stopped the study. */
  record Stopped(String reason) implements Outcome {}
}
