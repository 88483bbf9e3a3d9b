package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The statements that end an attempt and decide what becomes of its trial and its study: one
 * message.
 */
final class Endings {
  /** A lost trial waits so long times its lost attempts before it is tried again. */
  private static final Duration BACK_OFF = Duration.ofMillis(500);

  /** Ends a trial that is not to be tried again. */
  private static final String END =
      """
      WITH ended AS (
        UPDATE trial SET state = ?, reason = ?, metrics = ?::jsonb, objectives = ?, candidate = ?,
               attempt_token = NULL, lease_expires_at = NULL
         WHERE study_id = ? AND number = ? AND attempts = ? AND attempt_token = ?
           AND state = 'RUNNING' AND lease_expires_at > now()
        RETURNING id, attempts, history_place, %s),
      """
          .formatted(Rows.TRIAL_COLUMNS);

  /**
   * Lets a trial wait for another attempt; beyond max_attempts it fails instead, and in a study
   * that is stopping it is stopped.
   */
  private static final String INTERRUPT =
      """
      WITH ended AS (
        UPDATE trial t SET
               state = CASE WHEN s.state = 'STOPPING' THEN 'STOPPED'
                            WHEN t.lost + ? >= s.max_attempts AND ? THEN 'FAILED' ELSE 'WAITING' END,
               reason = ?, lost = t.lost + ?,
               not_before = now() + (t.lost + ?) * cast(? AS interval),
               attempt_token = NULL, lease_expires_at = NULL
          FROM study s
         WHERE s.id = t.study_id AND t.study_id = ? AND t.number = ? AND t.attempts = ?
           AND t.attempt_token = ? AND t.state = 'RUNNING' AND t.lease_expires_at %s now()
        RETURNING t.*),
      """;

  private static final String END_ATTEMPT =
      """
      attempt_end AS (
        UPDATE attempt a SET state = ?, reason = ?, ended_at = now(), checkpoint = ended.checkpoint
          FROM ended WHERE a.trial_id = ended.id AND a.number = ended.attempts
        RETURNING a.worker, a.replica, a.started_at, a.ended_at)
      SELECT ended.*, a.worker AS attempt_worker, a.replica AS attempt_replica,
             a.started_at AS attempt_started_at, a.ended_at AS attempt_ended_at
        FROM ended, attempt_end a
      """;

  /** Only if this transaction has ended the attempt: then its end is now. */
  private static final String COUNT_INTERRUPTION =
      """
      UPDATE study SET lost_attempts = lost_attempts + 1
       WHERE id = ? AND (SELECT ended_at = now() FROM attempt WHERE token = ?)
      """;

  private static final String ENDED = END + END_ATTEMPT;
  private static final String INTERRUPTED = interrupted(">");
  private static final String EXPIRED = interrupted("<=");

  private final AttemptId attempt;
  private final UUID token;
  private final Ending ending;
  private final String statements;

  private Endings(AttemptId attempt, UUID token, Ending ending, String statements) {
    this.attempt = attempt;
    this.token = token;
    this.ending = ending;
    this.statements = statements;
  }

  private static String interrupted(String lease) {
    return Together.of(INTERRUPT.formatted(lease) + END_ATTEMPT, COUNT_INTERRUPTION);
  }

  /** Of an attempt whose lease holds. */
  static Endings of(AttemptId attempt, UUID token, Outcome outcome) {
    Ending ending = Ending.of(outcome);
    return new Endings(attempt, token, ending, ending.isInterruption() ? INTERRUPTED : ENDED);
  }

  /** Of an attempt whose lease has run out. */
  static Endings of(Leases.Expired lease, Outcome.Lost outcome) {
    return new Endings(lease.attempt(), lease.token(), Ending.of(outcome), EXPIRED);
  }

  /**
   * A trial whose attempt has just ended.
   *
   * @param place of the trial in its study's history; 0 if it waits for another attempt
   */
  record Ended(Trial trial, long place) {}

  AttemptId attempt() {
    return attempt;
  }

  UUID token() {
    return token;
  }

  /** What becomes of the trial, if the attempt ends. */
  Ending ending() {
    return ending;
  }

  /** The statements, to be sent together. */
  String statements() {
    return statements;
  }

  /**
   * Ends the attempt and the transaction; empty if it had ended before, or if its lease is not as
   * said.
   */
  Optional<Ended> run(Connection connection) throws SQLException {
    try (PreparedStatement end =
        connection.prepareStatement(Together.of(statements, Together.COMMIT))) {
      bind(connection, end);
      return read(connection, Together.execute(end));
    }
  }

  /** Binds {@link #statements} from the first parameter on; returns the index of the one after. */
  int bind(Connection connection, PreparedStatement end) throws SQLException {
    StudyId study = attempt.trial().study();
    int next = ending.isInterruption() ? bindInterruption(end) : bindEnd(connection, end);
    end.setLong(next++, study.value());
    end.setInt(next++, attempt.trial().number());
    end.setInt(next++, attempt.number());
    end.setObject(next++, token);
    end.setString(next++, ending.attempt().name());
    end.setString(next++, ending.reason());
    if (ending.isInterruption()) {
      end.setLong(next++, study.value());
      end.setObject(next++, token);
    }
    return next;
  }

  private int bindEnd(Connection connection, PreparedStatement end) throws SQLException {
    end.setString(1, ending.trial().name());
    end.setString(2, ending.reason());
    end.setString(3, Json.writeMetrics(ending.metrics()));
    end.setArray(4, connection.createArrayOf("float8", ending.objectives().toArray()));
    end.setString(5, ending.candidate());
    return 6;
  }

  private int bindInterruption(PreparedStatement end) throws SQLException {
    end.setInt(1, ending.lost());
    end.setBoolean(2, ending.lost() > 0);
    end.setString(3, ending.reason());
    end.setInt(4, ending.lost());
    end.setInt(5, ending.lost());
    end.setString(6, Transactions.interval(BACK_OFF));
    return 7;
  }

  /** The trial as it ended or waits now, from the first answer of {@link #statements}. */
  Optional<Ended> read(Connection connection, ResultSet row) throws SQLException {
    if (!row.next()) {
      return Optional.empty();
    }
    List<Trial.Attempt> attempts =
        attempt.number() == 1
            ? List.of(endedAttempt(row))
            : PgTrialReader.attempts(connection, row.getLong("id"));
    return Optional.of(new Ended(Rows.trial(row, attempts), row.getLong("history_place")));
  }

  private Trial.Attempt endedAttempt(ResultSet row) throws SQLException {
    return new Trial.Attempt(
        attempt.number(),
        ending.attempt(),
        row.getString("attempt_worker"),
        row.getString("attempt_replica"),
        row.getString("checkpoint"),
        ending.reason(),
        Rows.instant(row, "attempt_started_at"),
        Rows.optionalInstant(row, "attempt_ended_at"));
  }
}
