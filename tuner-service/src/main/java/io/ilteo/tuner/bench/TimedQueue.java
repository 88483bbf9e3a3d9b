package io.ilteo.tuner.bench;

import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Told;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** A queue that notes how long the queue behind it takes, waiting for a connection included. */
final class TimedQueue implements TrialQueue {
  /** What several replicas' queues note together. */
  static final class Notes {
    final Latencies claims = new Latencies();
    final Latencies reports = new Latencies();
    final Latencies tells = new Latencies();
    final LongAdder lost = new LongAdder();
    final LongAdder twice = new LongAdder();
    private final Set<AttemptId> given = ConcurrentHashMap.newKeySet();

    void given(AttemptId attempt) {
      if (!given.add(attempt)) {
        twice.increment();
      }
    }
  }

  private final TrialQueue queue;
  private final Notes notes;

  TimedQueue(TrialQueue queue, Notes notes) {
    this.queue = queue;
    this.notes = notes;
  }

  @Override
  public ClaimResult claim(StudyId study, Asking asking, Proposer proposer) {
    long start = System.nanoTime();
    ClaimResult result = queue.claim(study, asking, proposer);
    if (result instanceof ClaimResult.Leased leased) {
      notes.given(leased.lease().attempt());
      notes.claims.add(System.nanoTime() - start);
    }
    return result;
  }

  @Override
  public Instant report(
      AttemptId attempt, UUID token, List<Measurement> measurements, String checkpoint) {
    long start = System.nanoTime();
    Instant expiry = queue.report(attempt, token, measurements, checkpoint);
    notes.reports.add(System.nanoTime() - start);
    return expiry;
  }

  @Override
  public void nameReplica(AttemptId attempt, UUID token, String replica) {
    queue.nameReplica(attempt, token, replica);
  }

  @Override
  public void recordDecision(AttemptId attempt, UUID token, PruningDecision decision) {
    queue.recordDecision(attempt, token, decision);
  }

  @Override
  public Trial tell(AttemptId attempt, UUID token, Outcome outcome) {
    long start = System.nanoTime();
    Trial trial = queue.tell(attempt, token, outcome);
    notes.tells.add(System.nanoTime() - start);
    return trial;
  }

  @Override
  public Told tellAndClaim(
      AttemptId attempt, UUID token, Outcome outcome, Asking asking, Proposer proposer) {
    return new Told(
        tell(attempt, token, outcome), claim(attempt.trial().study(), asking, proposer));
  }

  @Override
  public int expireLeases() {
    int lost = queue.expireLeases();
    notes.lost.add(lost);
    return lost;
  }

  @Override
  public List<Trial> enqueue(StudyId study, List<Configuration> configurations, Change change) {
    return queue.enqueue(study, configurations, change);
  }
}
