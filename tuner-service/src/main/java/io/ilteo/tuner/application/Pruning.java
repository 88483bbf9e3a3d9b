package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.pruner.Pruner;
import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.pruner.Pruners;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.TrialId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Asks a study's pruner whether a trial is worth going on with, and stores what it said. */
public final class Pruning {
  private final TrialReader trials;
  private final TrialQueue queue;

  public Pruning(TrialReader trials, TrialQueue queue) {
    this.trials = trials;
    this.queue = queue;
  }

  /** The decision at the last step just reported; empty without a pruner or a value. */
  Optional<PruningDecision> decide(
      Study study, AttemptId attempt, UUID token, List<Measurement> reported) {
    Optional<Pruner> pruner =
        Pruners.named(
            study.spec().getPruner().getName(), study.spec().getPruner().getSettingsMap());
    Objective objective = study.objectives().getFirst();
    Optional<Measurement> last =
        reported.isEmpty() ? Optional.empty() : Optional.of(reported.getLast());
    if (pruner.isEmpty() || last.map(m -> m.metrics().get(objective.metric())).isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, Map<Long, Double>> curves =
        new TreeMap<>(trials.curves(study.id(), objective.metric()));
    Map<Long, Double> own = losses(objective, curves.remove(attempt.trial().number()));
    if (own.isEmpty()) {
      // A confirmation: it is there to be run to its end.
      return Optional.empty();
    }
    Map<Integer, Map<Long, Double>> others = new TreeMap<>();
    curves.forEach((number, curve) -> others.put(number, losses(objective, curve)));
    PruningDecision decision = pruner.get().decide(last.get().step(), own, others);
    queue.recordDecision(attempt, token, decision);
    return Optional.of(decision);
  }

  private static Map<Long, Double> losses(
      Objective objective, @org.jspecify.annotations.Nullable Map<Long, Double> values) {
    Map<Long, Double> losses = new TreeMap<>();
    if (values != null) {
      values.forEach((step, value) -> losses.put(step, objective.direction().loss(value)));
    }
    return losses;
  }

  /** The metrics of the trial's last measurement, or none. */
  Map<String, Double> lastMetrics(TrialId trial) {
    return trials.lastMeasurement(trial).map(Measurement::metrics).orElse(Map.of());
  }
}
