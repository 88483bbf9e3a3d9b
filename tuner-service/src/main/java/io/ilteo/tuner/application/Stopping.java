package io.ilteo.tuner.application;

import io.ilteo.proto.tuner.v1.StopRules;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.tuner.domain.analysis.RegretBound;
import io.ilteo.tuner.domain.pareto.Dominance;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ends studies before their budget when one of their stop rules says so. */
public final class Stopping {
  /** The bound on regret is estimated again once so many more trials have completed. */
  private static final double BOUND_INTERVAL = 0.05;

  private final StudyStore studies;
  private final TrialReader trials;

  /** How many trials had completed when the bound on regret was last estimated here. */
  private final Map<StudyId, Integer> bounded = new ConcurrentHashMap<>();

  public Stopping(StudyStore studies, TrialReader trials) {
    this.studies = studies;
    this.trials = trials;
  }

  /** Checks the rules that a trial's end may fulfil. */
  void afterTrial(Trial trial) {
    if (!studies.terms(trial.id().study()).hasStopRules()) {
      return;
    }
    Study study = studies.get(trial.id().study());
    if (study.state() != StudyState.RUNNING) {
      return;
    }
    reason(study, trial).ifPresentOrElse(reason -> stop(study, reason), () -> afterTime(study));
  }

  /** Why the study should end now, if it should. */
  private Optional<String> reason(Study study, Trial trial) {
    StopRules rules = study.spec().getStopRules();
    if (rules.getStopAtGoal()
        && trial.state() == TrialState.COMPLETED
        && MetricConstraints.violation(study.spec(), trial.metrics()) == 0
        && reaches(study.objectives(), trial.objectives())) {
      return Optional.of("the goal was reached by " + trial.id().name());
    }
    if (rules.getNoImprovementTrials() > 0) {
      List<Integer> best = best(study);
      long since = best.isEmpty() ? 0 : trials.finishedSince(study.id(), best);
      if (since >= rules.getNoImprovementTrials()) {
        return Optional.of(since + " trials without a better one than " + names(study, best));
      }
    }
    if (rules.getRegretBound() > 0 && trial.state() == TrialState.COMPLETED) {
      OptionalDouble bound = regretBound(study);
      if (bound.isPresent() && bound.getAsDouble() < rules.getRegretBound()) {
        return Optional.of(
            "at most %.4g is left to gain by the estimated bound on regret; %.4g was asked for"
                .formatted(bound.getAsDouble(), rules.getRegretBound()));
      }
    }
    return Optional.empty();
  }

  /** The best trial, or with several objectives those that no other dominates. */
  private List<Integer> best(Study study) {
    if (study.objectives().size() == 1) {
      return study.progress().bestTrial().stream().boxed().toList();
    }
    List<TrialReader.Result> complete =
        trials.results(study.id()).stream().filter(r -> !r.pruned() && r.feasible()).toList();
    List<Dominance.Point> points =
        complete.stream()
            .map(r -> new Dominance.Point(losses(study.objectives(), r.objectives()), 0))
            .toList();
    return Dominance.fronts(points, 1).stream()
        .limit(1)
        .flatMap(List::stream)
        .map(i -> complete.get(i).number())
        .toList();
  }

  private static double[] losses(List<Objective> objectives, List<Double> values) {
    double[] losses = new double[values.size()];
    Arrays.setAll(losses, m -> objectives.get(m).direction().loss(values.get(m)));
    return losses;
  }

  private static String names(Study study, List<Integer> best) {
    return best.size() == 1
        ? new TrialId(study.id(), best.getFirst()).name()
        : "the " + best.size() + " of the front";
  }

  /** The bound, if it is time to estimate it again: it takes a Gaussian process. */
  private OptionalDouble regretBound(Study study) {
    int completed = study.progress().completed();
    Integer last = bounded.get(study.id());
    if (completed < RegretBound.MIN_TRIALS
        || (last != null && completed - last < completed * BOUND_INTERVAL)) {
      return OptionalDouble.empty();
    }
    bounded.put(study.id(), completed);
    List<FinishedTrial> latest = new ArrayList<>();
    for (Trial trial : trials.list(latestCompleted(study)).trials()) {
      if (trial.origin() != TrialOrigin.CONFIRMATION
          && trial.objectives().size() == 1
          && MetricConstraints.violation(study.spec(), trial.metrics()) == 0) {
        double loss = losses(study.objectives(), trial.objectives())[0];
        latest.addFirst(
            new FinishedTrial(trial.id().number(), trial.configuration(), List.of(loss), 0));
      }
    }
    return new RegretBound().after(study.space(), latest, 0);
  }

  private static TrialReader.Query latestCompleted(Study study) {
    return new TrialReader.Query(
        study.id(),
        Set.of(TrialState.COMPLETED),
        TrialReader.Order.NUMBER,
        true,
        0,
        RegretBound.MAX_TRIALS);
  }

  /** Before a trial of a study that outside clients drive, whose trials may take long to end. */
  void beforeTrial(StudyId id) {
    if (studies.terms(id).getStopRules().hasMaxDuration()) {
      afterTime(studies.get(id));
    }
  }

  /** Checks the rules that the passing of time may fulfil. */
  public void afterTime(Study study) {
    if (study.state() != StudyState.RUNNING || !study.spec().getStopRules().hasMaxDuration()) {
      return;
    }
    var wanted = study.spec().getStopRules().getMaxDuration();
    Duration limit = Duration.ofSeconds(wanted.getSeconds(), wanted.getNanos());
    if (studies.hasRunFor(study.id(), limit)) {
      stop(study, "its time of " + limit + " is over");
    }
  }

  private static boolean reaches(List<Objective> objectives, List<Double> values) {
    for (int i = 0; i < objectives.size(); i++) {
      Objective objective = objectives.get(i);
      if (objective.goal().isEmpty()) {
        return false;
      }
      double goal = objective.goal().getAsDouble();
      boolean reached =
          objective.direction() == Direction.MINIMIZE
              ? values.get(i) <= goal
              : values.get(i) >= goal;
      if (!reached) {
        return false;
      }
    }
    return true;
  }

  /** Ends a study whose data the model service refuses: it would refuse every trial as well. */
  public void refused(Study study, String reason) {
    end(study, () -> studies.refuse(study.id(), Change.byTuner("refused: " + reason)));
  }

  private void stop(Study study, String reason) {
    end(
        study,
        () ->
            studies.transition(
                study.id(),
                Set.of(StudyState.RUNNING),
                StudyState.STOPPING,
                Change.byTuner(reason)));
  }

  private void end(Study study, Runnable stopping) {
    bounded.remove(study.id());
    try {
      stopping.run();
    } catch (FailedPrecondition already) {
      // Another replica, or a person, was faster.
      return;
    }
    studies.settle(study.id());
  }
}
