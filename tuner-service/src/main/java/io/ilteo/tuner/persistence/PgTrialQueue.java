package io.ilteo.tuner.persistence;

import io.ilteo.proto.tuner.v1.DuplicatePolicy;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.jdbc.DatabaseFailure;
import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Told;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@link TrialQueue} in PostgreSQL.
 *
 * <p>Lock order: the study's advisory lock, then a trial's row, then (in triggers) the study's row.
 */
public final class PgTrialQueue implements TrialQueue {
  private static final String CHECK_VIOLATION = "23514";
  private static final String UNIQUE_VIOLATION = "23505";

  /** Earlier results that one claim may use again under DUPLICATE_POLICY_REUSE. */
  private static final int MAX_REUSED = 100;

  private final Transactions transactions;
  private final Histories histories;
  private final ForeseenClaims foreseen;

  public PgTrialQueue(Transactions transactions) {
    this.transactions = transactions;
    this.histories = new Histories();
    this.foreseen = new ForeseenClaims(histories);
  }

  @Override
  public ClaimResult claim(StudyId id, Asking asking, Proposer proposer) {
    try {
      Optional<Lease> ahead =
          foreseen.propose(id, proposer).flatMap(proposed -> claim(proposed, asking));
      if (ahead.isPresent()) {
        return new ClaimResult.Leased(ahead.get());
      }
      return transactions.call(
          connection -> {
            Claim claim = Claim.begin(connection, id, asking.requestId(), histories);
            return grant(connection, claim, asking, proposer);
          });
    } catch (DatabaseFailure failure) {
      return notGranted(failure);
    }
  }

  private Optional<Lease> claim(ForeseenClaims.Proposed proposed, Asking asking) {
    Optional<Lease> lease = Optional.empty();
    try {
      lease = transactions.call(connection -> foreseen.claim(connection, proposed, asking));
    } finally {
      foreseen.follow(proposed, lease);
    }
    return lease;
  }

  /** What somebody without the study's lock, who was faster, left to a claim. */
  private static ClaimResult notGranted(DatabaseFailure failure) {
    return switch (failure.sqlState()) {
      // CHECK study_budget.
      case CHECK_VIOLATION -> new ClaimResult.NothingFree("the budget is spoken for");
      case UNIQUE_VIOLATION -> new ClaimResult.NothingFree("the next number was taken");
      default -> throw failure;
    };
  }

  /** Decides on a claim and leases what it gets; the study's lock is held. */
  private ClaimResult grant(Connection connection, Claim claim, Asking asking, Proposer proposer)
      throws SQLException {
    Study study = claim.study();
    Optional<Lease> same =
        claim.repeated()
            ? Leases.byRequest(connection, study.id(), asking.requestId().orElseThrow())
            : Optional.empty();
    if (same.isPresent()) {
      return new ClaimResult.Leased(same.get());
    }
    boolean running = study.state() == StudyState.RUNNING;
    if (!running && !study.state().hasEnded()) {
      return new ClaimResult.NotRunning(study.state().name());
    }
    if (claim.running() >= study.spec().getParallelism()) {
      return new ClaimResult.NothingFree("every slot is taken");
    }
    String group = study.spec().getComputeGroup();
    if (!group.isEmpty() && Leases.groupIsFull(connection, group)) {
      return new ClaimResult.NothingFree("compute group " + group + " has every slot taken");
    }
    // Claims take turns, and only a claim takes a place; CHECK study_budget has the last word.
    int places =
        study.spec().getBudget() - study.progress().finished() - study.progress().inFlight();
    Optional<Long> waiting =
        claim.waiting()
            ? Leases.takeWaiting(connection, study.id(), places > 0, running)
            : Optional.empty();
    if (waiting.isPresent()) {
      return new ClaimResult.Leased(Leases.start(connection, waiting.get(), asking));
    }
    if (!running) {
      return new ClaimResult.NotRunning(study.state().name());
    }
    if (study.spec().getDuplicatePolicy() == DuplicatePolicy.DUPLICATE_POLICY_REUSE) {
      return claimUnlessTried(connection, study, places, asking, proposer);
    }
    if (places <= 0) {
      return new ClaimResult.NothingFree("the budget is spoken for");
    }
    int number = claim.lastNumber() + 1;
    long cut = study.progress().historyLength();
    Histories.Seen seen = histories.upTo(connection, study, number, cut, claim.news());
    NewTrials.Suggestion suggestion = suggestion(study, number, cut, seen, proposer);
    Lease lease = NewTrials.insertRunning(connection, study, suggestion, asking);
    if (group.isEmpty()) {
      foreseen.found(study, claim.lastNumber(), claim.news().open(), suggestion);
    }
    return new ClaimResult.Leased(lease);
  }

  /** Finishes new trials with earlier results of the same configuration until one is new. */
  private ClaimResult claimUnlessTried(
      Connection connection, Study study, int places, Asking asking, Proposer proposer)
      throws SQLException {
    if (places <= 0) {
      return new ClaimResult.NothingFree("the budget is spoken for");
    }
    for (int i = 0; i < Math.min(places, MAX_REUSED); i++) {
      NewTrials.Suggestion suggestion = suggest(connection, study, proposer);
      long trial =
          NewTrials.insert(
              connection,
              study,
              suggestion.number(),
              suggestion.configuration(),
              TrialOrigin.SAMPLER,
              suggestion.cut());
      if (!NewTrials.reuse(connection, trial)) {
        return new ClaimResult.Leased(Leases.start(connection, trial, asking));
      }
    }
    PgStudyStore.settle(connection, study.id());
    return new ClaimResult.NothingFree("earlier results were used again");
  }

  private NewTrials.Suggestion suggest(Connection connection, Study study, Proposer proposer)
      throws SQLException {
    int number = NewTrials.nextNumber(connection, study.id());
    long cut = study.progress().historyLength();
    Histories.Seen seen = histories.upTo(connection, study, number, cut);
    return suggestion(study, number, cut, seen, proposer);
  }

  private static NewTrials.Suggestion suggestion(
      Study study, int number, long cut, Histories.Seen seen, Proposer proposer) {
    return new NewTrials.Suggestion(
        number, cut, proposer.propose(study, number, seen.finished(), seen.pending()));
  }

  @Override
  public Instant report(
      AttemptId attempt, UUID token, List<Measurement> measurements, String checkpoint) {
    return transactions.call(
        connection -> {
          long last = measurements.stream().mapToLong(Measurement::step).max().orElse(0);
          Leases.Held held = Leases.renew(connection, attempt, token, last, checkpoint);
          addMeasurements(connection, held.trial(), measurements);
          return held.expiresAt();
        });
  }

  private static void addMeasurements(
      Connection connection, long trial, List<Measurement> measurements) throws SQLException {
    String sql =
        """
        INSERT INTO measurement (trial_id, step, metrics, duration_millis)
        VALUES (?, ?, ?::jsonb, ?) ON CONFLICT (trial_id, step) DO NOTHING
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Measurement measurement : measurements) {
        insert.setLong(1, trial);
        insert.setLong(2, measurement.step());
        insert.setString(3, Json.writeMetrics(measurement.metrics()));
        insert.setLong(4, measurement.duration().toMillis());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @Override
  public void nameReplica(AttemptId attempt, UUID token, String replica) {
    transactions.run(connection -> Leases.nameReplica(connection, attempt, token, replica));
  }

  @Override
  public void recordDecision(AttemptId attempt, UUID token, PruningDecision decision) {
    transactions.run(connection -> Decisions.write(connection, attempt, token, decision));
  }

  @Override
  public Trial tell(AttemptId attempt, UUID token, Outcome outcome) {
    Endings end = Endings.of(attempt, token, outcome);
    Optional<Foresight.Expected> before = foreseen.before(end);
    return transactions.call(
        connection -> {
          Optional<Endings.Ended> ended = end.run(connection);
          before.ifPresent(expected -> foreseen.ended(expected, end, ended));
          return told(connection, ended, attempt, token);
        });
  }

  private static Trial told(
      Connection connection, Optional<Endings.Ended> ended, AttemptId attempt, UUID token)
      throws SQLException {
    return ended.isPresent()
        ? ended.get().trial()
        : Leases.alreadyTold(connection, attempt, token).orElseThrow(() -> Leases.lost(attempt));
  }

  @Override
  public Told tellAndClaim(
      AttemptId attempt, UUID token, Outcome outcome, Asking asking, Proposer proposer) {
    Endings end = Endings.of(attempt, token, outcome);
    Optional<ForeseenClaims.Proposed> proposed = foreseen.propose(end, proposer);
    try {
      return proposed.isPresent()
          ? tellAndClaim(end, proposed.get(), asking, proposer)
          : tellAndClaim(end, asking, proposer);
    } catch (DatabaseFailure failure) {
      ClaimResult none = notGranted(failure);
      return new Told(tell(attempt, token, outcome), none);
    }
  }

  /** One message: the end of an attempt, then a claim's beginning. */
  private Told tellAndClaim(Endings end, Asking asking, Proposer proposer) {
    AttemptId attempt = end.attempt();
    StudyId study = attempt.trial().study();
    Optional<Foresight.Expected> before = foreseen.before(end);
    return transactions.call(
        connection -> {
          long known = histories.readTo(study);
          String sql = Together.of(end.statements(), Together.COMMIT_AND_GO_ON, Claim.STATEMENTS);
          try (PreparedStatement both = connection.prepareStatement(sql)) {
            int next = end.bind(connection, both);
            Claim.bind(both, next, study, asking.requestId(), known);
            Optional<Endings.Ended> ended = end.read(connection, Together.execute(both));
            before.ifPresent(expected -> foreseen.ended(expected, end, ended));
            Trial trial = told(connection, ended, attempt, end.token());
            Claim claim = Claim.read(both, Together.nextRows(both), study, known);
            return new Told(trial, grant(connection, claim, asking, proposer));
          }
        });
  }

  /**
   * One message: the end of an attempt, then a proposed trial; if it was not as expected, a claim.
   */
  private Told tellAndClaim(
      Endings end, ForeseenClaims.Proposed proposed, Asking asking, Proposer proposer) {
    String sql =
        Together.of(
            end.statements(),
            Together.COMMIT_AND_GO_ON,
            NewTrials.INSERT_IF_ENDED_AS_EXPECTED,
            Together.COMMIT);
    Optional<Lease> lease = Optional.empty();
    Trial trial;
    try {
      TrialAndLease answer =
          transactions.call(
              connection -> {
                try (PreparedStatement both = connection.prepareStatement(sql)) {
                  int next = end.bind(connection, both);
                  proposed.bind(both, next, asking, Optional.of(end));
                  Optional<Endings.Ended> ended = end.read(connection, Together.execute(both));
                  Trial told = told(connection, ended, end.attempt(), end.token());
                  return new TrialAndLease(
                      told, proposed.read(both, Together.nextRows(both), asking));
                }
              });
      trial = answer.trial();
      lease = answer.lease();
    } finally {
      foreseen.follow(proposed, lease);
    }
    StudyId study = end.attempt().trial().study();
    return new Told(
        trial,
        lease
            .<ClaimResult>map(ClaimResult.Leased::new)
            .orElseGet(() -> claim(study, asking, proposer)));
  }

  /** A trial that was told, and the one that was proposed if the study stood as expected. */
  private record TrialAndLease(Trial trial, Optional<Lease> lease) {}

  @Override
  public int expireLeases() {
    List<Leases.Expired> expired = transactions.call(Leases::expired);
    int lost = 0;
    for (Leases.Expired lease : expired) {
      lost += transactions.call(connection -> expire(connection, lease)) ? 1 : 0;
    }
    return lost;
  }

  private static boolean expire(Connection connection, Leases.Expired lease) throws SQLException {
    Outcome.Lost outcome =
        new Outcome.Lost("no report from " + lease.worker() + " within its lease");
    return Endings.of(lease, outcome).run(connection).isPresent();
  }

  @Override
  public List<Trial> enqueue(StudyId id, List<Configuration> configurations, Change change) {
    return transactions.call(
        connection -> {
          Claim.lock(connection, id);
          Study study = PgStudyStore.find(connection, id.value());
          if (study.state().hasEnded()) {
            throw new FailedPrecondition(id.name() + " has ended: " + study.state());
          }
          List<Trial> trials = NewTrials.enqueue(connection, study, configurations);
          Audit.write(
              connection,
              id.value(),
              change,
              "trial.enqueue",
              id.name(),
              Map.of("configurations", configurations.size()));
          return trials;
        });
  }
}
