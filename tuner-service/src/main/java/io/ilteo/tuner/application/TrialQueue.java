package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Port: trials as leased work.
 *
 * <p>Every write of an attempt carries its token and is refused with {@link
 * io.ilteo.servicekit.error.DomainException.Aborted} once the lease has expired by the database's
 * clock or the trial belongs to another attempt.
 */
public interface TrialQueue {
  /** Leases the study's next trial: one that waits, else a new one that {@code proposer} fills. */
  ClaimResult claim(StudyId study, Asking asking, Proposer proposer);

  /** Stores measurements (known steps are left as they are) and renews the lease. */
  Instant report(AttemptId attempt, UUID token, List<Measurement> measurements, String checkpoint);

  /** Keeps which replica of the model service trains the attempt. */
  void nameReplica(AttemptId attempt, UUID token, String replica);

  /** Keeps what the pruner said at a step; the first word on a step stays. */
  void recordDecision(AttemptId attempt, UUID token, PruningDecision decision);

  /** Ends the attempt; repeating a call with the same token returns the same trial. */
  Trial tell(AttemptId attempt, UUID token, Outcome outcome);

  /**
   * Ends the attempt, then leases the next trial of its study, as {@link #tell} and {@link #claim}
   * do: the trial has ended even if none is leased.
   */
  Told tellAndClaim(
      AttemptId attempt, UUID token, Outcome outcome, Asking asking, Proposer proposer);

  /** Marks attempts whose lease has expired as lost; returns how many. */
  int expireLeases();

  /** Adds configurations to be tried next. */
  List<Trial> enqueue(StudyId study, List<Configuration> configurations, Change change);

  /** Chooses the configuration of a new trial. */
  @FunctionalInterface
  interface Proposer {
    /** The configuration of trial {@code number}, given what had ended and what was running. */
    Configuration propose(
        Study study, int number, List<FinishedTrial> finished, List<Configuration> running);
  }
}
