package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialRecord.Imported;
import io.ilteo.tuner.domain.sampler.TrialRandom;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The statements that add trials to a study. */
final class NewTrials {
  private static final String BEGIN =
      """
      begun AS (
        INSERT INTO trial (study_id, number, state, origin, parameters, space_version, seed,
                           history_cut, attempts, worker, attempt_token, lease_millis,
                           lease_expires_at, started_at)
        SELECT ?, ?, 'RUNNING', 'SAMPLER', ?::jsonb, ?, ?, ?, 1, ?, gen_random_uuid(), ?,
               now() + cast(? AS interval), now()%s
        RETURNING id, attempt_token, started_at, lease_expires_at),
      first AS (
        INSERT INTO attempt (trial_id, number, state, token, worker, request_id)
        SELECT id, 1, 'RUNNING', attempt_token, ?, ? FROM begun)
      SELECT attempt_token, started_at, lease_expires_at,
             set_config('synchronous_commit', 'off', true) FROM begun
      """;

  private static final String INSERT_RUNNING =
      Together.of("WITH " + BEGIN.formatted(""), Together.COMMIT);

  /**
   * Whether a study stands as expected and has a place for a new trial: what a claim decides on.
   */
  private static final String AS_EXPECTED =
      """
      WITH expected AS (
        SELECT FROM study s
         WHERE s.id = ? AND s.version = ? AND s.last_number = ? AND s.history_length = ?
           AND s.completed + s.pruned + s.in_flight < s.budget
           AND (SELECT count(*) FROM trial WHERE study_id = s.id AND state = 'RUNNING')
               < s.parallelism
           AND NOT EXISTS (SELECT FROM trial WHERE study_id = s.id AND state = 'WAITING')
           AND NOT EXISTS (SELECT FROM attempt WHERE request_id = ?)%s),
      """;

  /**
   * Whether an attempt has ended as expected, at the end of the history. Compared as a row, so that
   * no index of completed trials looks as good as the trial's own while the table is young.
   */
  private static final String AND_ENDED_AS_EXPECTED =
      """

           AND EXISTS (SELECT FROM attempt a JOIN trial t ON t.id = a.trial_id
                        WHERE a.token = ? AND a.state = ?
                          AND t.study_id = s.id AND t.number = ? AND t.history_place = s.history_length
                          AND (t.state, t.objectives, t.metrics) IS NOT DISTINCT FROM (?, ?, ?::jsonb))""";

  private static final String IF_AS_EXPECTED = BEGIN.formatted(" FROM expected");

  /** Takes the study's lock and adds a trial if the study stands as expected, else nothing. */
  static final String INSERT_IF_AS_EXPECTED =
      Together.of(Claim.LOCK, AS_EXPECTED.formatted("") + IF_AS_EXPECTED);

  /** The same if an attempt, too, has ended as expected. */
  static final String INSERT_IF_ENDED_AS_EXPECTED =
      Together.of(Claim.LOCK, AS_EXPECTED.formatted(AND_ENDED_AS_EXPECTED) + IF_AS_EXPECTED);

  private NewTrials() {}

  /** The next free number; the study's row stays locked until the transaction ends. */
  static int nextNumber(Connection connection, StudyId id) throws SQLException {
    String sql =
        "UPDATE study SET last_number = last_number + 1 WHERE id = ? RETURNING last_number";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, id.value());
      try (ResultSet row = update.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Adds a trial that waits. */
  static long insert(
      Connection connection,
      Study study,
      int number,
      Configuration configuration,
      TrialOrigin origin,
      long cut)
      throws SQLException {
    String sql =
        """
        INSERT INTO trial (study_id, number, state, origin, parameters, space_version, seed, history_cut)
        VALUES (?, ?, 'WAITING', ?, ?::jsonb, ?, ?, ?) RETURNING id
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, study.id().value());
      insert.setInt(2, number);
      insert.setString(3, origin.name());
      insert.setString(4, Json.write(configuration));
      insert.setInt(5, study.spaceVersion());
      insert.setLong(6, TrialRandom.trainingSeed(study.spec().getSeed(), number));
      insert.setLong(7, cut);
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * Adds a trial of the sampler's that runs from the beginning, with its first attempt, and ends
   * the transaction.
   *
   * <p>It does not wait for the disk: whoever works on the trial tells its result in a transaction
   * that does, and with that one all earlier ones are on disk (docs/adr/0012).
   */
  static Lease insertRunning(
      Connection connection, Study study, Suggestion suggestion, Asking asking)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_RUNNING)) {
      bindBegin(insert, 1, study, suggestion, asking);
      ResultSet row = Together.execute(insert);
      row.next();
      return begun(row, study, suggestion, asking);
    }
  }

  /**
   * Binds {@link #INSERT_IF_AS_EXPECTED} and, with an end, {@link #INSERT_IF_ENDED_AS_EXPECTED}.
   */
  static void bindIfAsExpected(
      PreparedStatement insert,
      int first,
      Study study,
      Suggestion suggestion,
      Asking asking,
      Optional<Endings> end)
      throws SQLException {
    int next = first;
    insert.setLong(next++, study.id().value());
    insert.setLong(next++, study.id().value());
    insert.setLong(next++, study.version());
    insert.setInt(next++, suggestion.number() - 1);
    insert.setLong(next++, suggestion.cut());
    insert.setString(next++, asking.requestId().orElse(null));
    if (end.isPresent()) {
      Ending ending = end.get().ending();
      insert.setObject(next++, end.get().token());
      insert.setString(next++, ending.attempt().name());
      insert.setInt(next++, end.get().attempt().trial().number());
      insert.setString(next++, ending.trial().name());
      insert.setArray(
          next++, insert.getConnection().createArrayOf("float8", ending.objectives().toArray()));
      insert.setString(next++, Json.writeMetrics(ending.metrics()));
    }
    bindBegin(insert, next, study, suggestion, asking);
  }

  /**
   * Reads what these answered; empty if the study stands otherwise.
   *
   * @param locked the answer of the first, which is not read
   */
  static Optional<Lease> readIfAsExpected(
      PreparedStatement insert, ResultSet locked, Study study, Suggestion suggestion, Asking asking)
      throws SQLException {
    locked.close();
    ResultSet row = Together.nextRows(insert);
    return row.next() ? Optional.of(begun(row, study, suggestion, asking)) : Optional.empty();
  }

  private static void bindBegin(
      PreparedStatement insert, int first, Study study, Suggestion suggestion, Asking asking)
      throws SQLException {
    insert.setLong(first, study.id().value());
    insert.setInt(first + 1, suggestion.number());
    insert.setString(first + 2, Json.write(suggestion.configuration()));
    insert.setInt(first + 3, study.spaceVersion());
    insert.setLong(first + 4, trainingSeed(study, suggestion));
    insert.setLong(first + 5, suggestion.cut());
    insert.setString(first + 6, asking.worker());
    insert.setLong(first + 7, asking.lease().toMillis());
    insert.setString(first + 8, Transactions.interval(asking.lease()));
    insert.setString(first + 9, asking.worker());
    insert.setString(first + 10, asking.requestId().orElse(null));
  }

  private static long trainingSeed(Study study, Suggestion suggestion) {
    return TrialRandom.trainingSeed(study.spec().getSeed(), suggestion.number());
  }

  /** The lease of a trial that was just written. */
  private static Lease begun(ResultSet row, Study study, Suggestion suggestion, Asking asking)
      throws SQLException {
    Instant start = Rows.instant(row, "started_at");
    Trial trial = begun(study, suggestion, asking.worker(), start);
    return new Lease(
        new AttemptId(trial.id(), 1),
        row.getObject("attempt_token", UUID.class),
        Rows.instant(row, "lease_expires_at"),
        trial);
  }

  private static Trial begun(Study study, Suggestion suggestion, String worker, Instant start) {
    return new Trial(
        new TrialId(study.id(), suggestion.number()),
        TrialState.RUNNING,
        TrialOrigin.SAMPLER,
        suggestion.configuration(),
        Map.of(),
        List.of(),
        study.spaceVersion(),
        trainingSeed(study, suggestion),
        suggestion.cut(),
        "",
        "",
        "",
        0,
        Optional.empty(),
        start,
        Optional.of(start),
        Optional.empty(),
        List.of(
            new Trial.Attempt(
                1, AttemptState.RUNNING, worker, "", "", "", start, Optional.empty())));
  }

  /** A configuration for a new trial, and the history it was chosen from. */
  record Suggestion(int number, long cut, Configuration configuration) {}

  static List<Trial> enqueue(Connection connection, Study study, List<Configuration> configurations)
      throws SQLException {
    List<Trial> trials = new ArrayList<>();
    for (Configuration configuration : configurations) {
      int number = nextNumber(connection, study.id());
      long cut = study.progress().historyLength();
      insert(connection, study, number, configuration, TrialOrigin.ENQUEUED, cut);
      trials.add(PgTrialReader.find(connection, new TrialId(study.id(), number)));
    }
    return trials;
  }

  static List<Trial> importTrials(Connection connection, Study study, List<Imported> imported)
      throws SQLException {
    String sql =
        """
        INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives,
                           space_version, seed, history_cut)
        VALUES (?, ?, 'COMPLETED', 'IMPORTED', ?::jsonb, ?::jsonb, ?, ?, 0, 0)
        """;
    List<Trial> trials = new ArrayList<>();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Imported trial : imported) {
        int number = nextNumber(connection, study.id());
        insert.setLong(1, study.id().value());
        insert.setInt(2, number);
        insert.setString(3, Json.write(trial.configuration()));
        insert.setString(4, Json.writeMetrics(trial.metrics()));
        insert.setArray(5, connection.createArrayOf("float8", trial.objectives().toArray()));
        insert.setInt(6, study.spaceVersion());
        insert.executeUpdate();
        trials.add(PgTrialReader.find(connection, new TrialId(study.id(), number)));
      }
    }
    return trials;
  }

  /**
   * Completes a waiting trial with the result of an earlier one of the same configuration; tells
   * whether there was one.
   */
  static boolean reuse(Connection connection, long trial) throws SQLException {
    String sql =
        """
        WITH earlier AS (
          SELECT e.number, e.metrics, e.objectives, e.candidate, e.last_step
            FROM trial e JOIN trial n ON n.id = ?
           WHERE e.study_id = n.study_id AND e.state = 'COMPLETED' AND e.id <> n.id
             AND hashtextextended(e.parameters::text, 0) = hashtextextended(n.parameters::text, 0)
             AND e.parameters = n.parameters
           ORDER BY e.number LIMIT 1)
        UPDATE trial SET state = 'COMPLETED', metrics = earlier.metrics,
               objectives = earlier.objectives, candidate = earlier.candidate,
               last_step = earlier.last_step, started_at = now(),
               reason = 'the result of trial ' || earlier.number || ' was used again'
          FROM earlier WHERE id = ? AND state = 'WAITING'
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, trial);
      update.setLong(2, trial);
      return update.executeUpdate() == 1;
    }
  }
}
