package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trial as it stands in the database. */
public record Trial(
    TrialId id,
    TrialState state,
    TrialOrigin origin,
    Configuration configuration,
    Map<String, Double> metrics,
    List<Double> objectives,
    int spaceVersion,
    long seed,
    long historyCut,
    String reason,
    String checkpoint,
    String candidate,
    long lastStep,
    Optional<PruningDecision> decision,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    List<Attempt> attempts) {
  public Trial {
    metrics = Map.copyOf(metrics);
    objectives = List.copyOf(objectives);
    attempts = List.copyOf(attempts);
  }

  /**
   * One try at running a trial.
   *
   * @param worker tuner replica or client that asked for it
   * @param replica of the model service that trained it; empty for a client's own training
   */
  public record Attempt(
      int number,
      AttemptState state,
      String worker,
      String replica,
      String checkpoint,
      String reason,
      Instant startedAt,
      Optional<Instant> endedAt) {}
}
