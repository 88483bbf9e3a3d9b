package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.TrialState;
import java.util.List;
import java.util.Map;

/** What an outcome makes of a trial (WAITING: another attempt) and of its attempt. */
record Ending(
    TrialState trial,
    AttemptState attempt,
    Map<String, Double> metrics,
    List<Double> objectives,
    String candidate,
    String reason) {

  static Ending of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed o ->
          new Ending(
              TrialState.COMPLETED,
              AttemptState.FINISHED,
              o.metrics(),
              o.objectives(),
              o.candidate(),
              "");
      case Outcome.Pruned o ->
          new Ending(
              TrialState.PRUNED, AttemptState.FINISHED, o.metrics(), o.objectives(), "", o.rule());
      case Outcome.Failed o -> without(TrialState.FAILED, AttemptState.FAILED, o.reason());
      case Outcome.Lost o -> without(TrialState.WAITING, AttemptState.LOST, o.reason());
      case Outcome.Preempted o -> without(TrialState.WAITING, AttemptState.PREEMPTED, o.reason());
      case Outcome.Stopped o -> without(TrialState.STOPPED, AttemptState.STOPPED, o.reason());
    };
  }

  /** Whether the trial was neither finished nor given up by its study. */
  boolean isInterruption() {
    return trial == TrialState.WAITING;
  }

  /** How many lost attempts it adds to its trial's. */
  int lost() {
    return attempt == AttemptState.LOST ? 1 : 0;
  }

  private static Ending without(TrialState trial, AttemptState attempt, String reason) {
    return new Ending(trial, attempt, Map.of(), List.of(), "", reason);
  }
}
