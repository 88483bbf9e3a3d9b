package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Running trials: ask, report, tell. The dispatcher and outside clients come the same way. */
public final class TrialWork {
  private final StudyStore studies;
  private final TrialQueue queue;
  private final TrialQueue.Proposer proposer;
  private final Pruning pruning;
  private final Stopping stopping;

  public TrialWork(
      StudyStore studies,
      TrialQueue queue,
      TrialQueue.Proposer proposer,
      Pruning pruning,
      Stopping stopping) {
    this.studies = studies;
    this.queue = queue;
    this.proposer = proposer;
    this.pruning = pruning;
    this.stopping = stopping;
  }

  /** Leases the study's next trial. */
  public ClaimResult ask(StudyId study, Asking asking) {
    stopping.beforeTrial(study);
    return queue.claim(study, asking, proposer);
  }

  /**
   * Stores measurements, renews the lease, and says whether to go on.
   *
   * @throws io.ilteo.servicekit.error.DomainException.Aborted if the lease was lost
   */
  public Reported report(
      AttemptId attempt, UUID token, List<Measurement> measurements, String checkpoint) {
    Instant expiry = queue.report(attempt, token, measurements, checkpoint);
    Study study = studies.get(attempt.trial().study());
    Optional<PruningDecision> decision = pruning.decide(study, attempt, token, measurements);
    // What runs in a study that was completed or stopped is a winner's confirmation.
    boolean stop = study.state() == StudyState.STOPPING || study.state() == StudyState.FAILED;
    return new Reported(
        expiry, stop || decision.map(PruningDecision::pruned).orElse(false), decision);
  }

  /**
   * Keeps which replica of the model service trains the attempt.
   *
   * @throws io.ilteo.servicekit.error.DomainException.Aborted if the lease was lost
   */
  public void began(AttemptId attempt, UUID token, String replica) {
    queue.nameReplica(attempt, token, replica);
  }

  /**
   * Ends an attempt; then ends the study if one of its rules says so.
   *
   * @throws io.ilteo.servicekit.error.DomainException.Aborted if the lease was lost
   */
  public Trial tell(AttemptId attempt, UUID token, Outcome outcome) {
    Trial trial = queue.tell(attempt, token, outcome);
    if (trial.state().hasEnded()) {
      stopping.afterTrial(trial);
    }
    return trial;
  }

  /**
   * Ends an attempt and leases the study's next trial, in one trip to the database unless the study
   * has rules that may end it in between.
   *
   * @throws io.ilteo.servicekit.error.DomainException.Aborted if the lease was lost
   */
  public Told tellAndAsk(AttemptId attempt, UUID token, Outcome outcome, Asking asking) {
    StudyId study = attempt.trial().study();
    if (studies.terms(study).hasStopRules()) {
      return new Told(tell(attempt, token, outcome), ask(study, asking));
    }
    return queue.tellAndClaim(attempt, token, outcome, asking, proposer);
  }

  /** The end of an attempt that was told to end: with what it had reported last. */
  public Outcome pruned(TrialId trial, String rule) {
    Study study = studies.get(trial.study());
    Map<String, Double> metrics = pruning.lastMetrics(trial);
    List<Double> objectives = Outcomes.objectives(study.objectives(), metrics).orElse(List.of());
    return new Outcome.Pruned(rule, metrics, objectives);
  }

  /** What came of a report. */
  public record Reported(
      Instant leaseExpiresAt, boolean shouldStop, Optional<PruningDecision> decision) {}
}
