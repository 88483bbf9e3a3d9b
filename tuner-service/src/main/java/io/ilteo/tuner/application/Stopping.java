package io.ilteo.tuner.application;

import io.ilteo.proto.tuner.v1.StopRules;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ends studies before their budget when one of their stop rules says so. */
public final class Stopping {
  private final StudyStore studies;
  private final TrialReader trials;
  private final InstantSource clock;

  public Stopping(StudyStore studies, TrialReader trials, InstantSource clock) {
    this.studies = studies;
    this.trials = trials;
    this.clock = clock;
  }

  /** Checks the rules that a trial's end may fulfil. */
  void afterTrial(Trial trial) {
    Study study = studies.get(trial.id().study());
    if (study.state() != StudyState.RUNNING || !study.spec().hasStopRules()) {
      return;
    }
    StopRules rules = study.spec().getStopRules();
    if (rules.getStopAtGoal()
        && trial.state() == TrialState.COMPLETED
        && reaches(study.objectives(), trial.objectives())) {
      stop(study, "the goal was reached by " + trial.id().name());
      return;
    }
    if (rules.getNoImprovementTrials() > 0 && study.progress().bestTrial().isPresent()) {
      TrialId best = new TrialId(study.id(), study.progress().bestTrial().getAsInt());
      long since = trials.finishedSince(best);
      if (since >= rules.getNoImprovementTrials()) {
        stop(study, since + " trials without a better one than " + best.name());
        return;
      }
    }
    afterTime(study);
  }

  /** Checks the rules that the passing of time may fulfil. */
  public void afterTime(Study study) {
    if (study.state() != StudyState.RUNNING || !study.spec().getStopRules().hasMaxDuration()) {
      return;
    }
    var wanted = study.spec().getStopRules().getMaxDuration();
    Duration limit = Duration.ofSeconds(wanted.getSeconds(), wanted.getNanos());
    Optional<Instant> end = study.startedAt().map(start -> start.plus(limit));
    if (end.isPresent() && !clock.instant().isBefore(end.get())) {
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

  private void stop(Study study, String reason) {
    try {
      studies.transition(
          study.id(), Set.of(StudyState.RUNNING), StudyState.STOPPING, Change.byTuner(reason));
      studies.explain(study.id(), reason);
    } catch (FailedPrecondition already) {
      // Another replica, or a person, was faster.
      return;
    }
    studies.settle(study.id());
  }
}
