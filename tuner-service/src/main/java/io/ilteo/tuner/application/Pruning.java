package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.pruner.ParetoCurves;
import io.ilteo.tuner.domain.pruner.Pruner;
import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.pruner.Pruners;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.TrialId;
import java.util.Arrays;
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
    Map<Integer, Map<Long, Double>> others = losses(study);
    Map<Long, Double> own = others.remove(attempt.trial().number());
    if (own == null || own.isEmpty()) {
      // A confirmation: it is there to be run to its end.
      return Optional.empty();
    }
    PruningDecision decision =
        pruner.get().decide(attempt.trial().number(), last.get().step(), own, others);
    queue.recordDecision(attempt, token, decision);
    return Optional.of(decision);
  }

  /** Losses by trial and step; of several objectives, ranks by Pareto front. */
  private Map<Integer, Map<Long, Double>> losses(Study study) {
    if (study.objectives().size() > 1) {
      return ParetoCurves.of(joined(study));
    }
    Objective objective = study.objectives().getFirst();
    Map<Integer, Map<Long, Double>> losses = new TreeMap<>();
    trials
        .curves(study.id(), objective.metric())
        .forEach(
            (number, curve) ->
                losses.put(
                    number, objective.direction() == Direction.MINIMIZE ? curve : curve.negated()));
    return losses;
  }

  /** Losses by trial and step, one for each objective, NaN where it was not reported. */
  private Map<Integer, Map<Long, double[]>> joined(Study study) {
    List<Objective> objectives = study.objectives();
    Map<Integer, Map<Long, double[]>> joined = new TreeMap<>();
    for (int m = 0; m < objectives.size(); m++) {
      int index = m;
      Objective objective = objectives.get(m);
      trials
          .curves(study.id(), objective.metric())
          .forEach(
              (number, curve) ->
                  curve.forEach(
                      (step, value) ->
                          joined.computeIfAbsent(number, n -> new TreeMap<>())
                                  .computeIfAbsent(step, s -> missing(objectives.size()))[index] =
                              objective.direction().loss(value)));
    }
    return joined;
  }

  private static double[] missing(int objectives) {
    double[] values = new double[objectives];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** The metrics of the trial's last measurement, or none. */
  Map<String, Double> lastMetrics(TrialId trial) {
    return trials.lastMeasurement(trial).map(Measurement::metrics).orElse(Map.of());
  }
}
