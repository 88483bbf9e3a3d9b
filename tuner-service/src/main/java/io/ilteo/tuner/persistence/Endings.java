package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Ends an attempt and decides what becomes of its trial and its study: one round trip, with which
 * the transaction ends.
 */
final class Endings {
  /** A lost trial waits so long times its lost attempts before it is tried again. */
  private static final Duration BACK_OFF = Duration.ofMillis(500);

  /**
   * Ends trial and attempt. A retry beyond max_attempts fails the trial instead of letting it wait.
   */
  private static final String END =
      """
      WITH ended AS (
        UPDATE trial t SET
               state = CASE WHEN ? <> 'WAITING' THEN ?
                            WHEN s.state = 'STOPPING' THEN 'STOPPED'
                            WHEN t.lost + ? >= s.max_attempts AND ? THEN 'FAILED' ELSE 'WAITING' END,
               lost = t.lost + ?,
               metrics = ?::jsonb, objectives = ?, candidate = ?, reason = ?,
               attempt_token = NULL, lease_expires_at = NULL,
               not_before = now() + (t.lost + ?) * cast(? AS interval)
          FROM study s
         WHERE s.id = t.study_id AND t.study_id = ? AND t.number = ? AND t.attempts = ?
           AND t.attempt_token = ? AND t.state = 'RUNNING' AND t.%s
        RETURNING t.*),
      attempt_end AS (
        UPDATE attempt a SET state = ?, reason = ?, ended_at = now(), checkpoint = ended.checkpoint
          FROM ended WHERE a.trial_id = ended.id AND a.number = ended.attempts)
      SELECT * FROM ended
      """;

  private static final String ATTEMPTS =
      """
      SELECT * FROM attempt
       WHERE trial_id = (SELECT id FROM trial WHERE study_id = ? AND number = ?) ORDER BY number
      """;

  /** Only if this transaction has ended the attempt: then its end is now. */
  private static final String COUNT_INTERRUPTION =
      """
      UPDATE study SET lost_attempts = lost_attempts + 1
       WHERE id = ? AND (SELECT ended_at = now() FROM attempt WHERE token = ?)
      """;

  /** What must be true of the attempt's lease, and the statements that say so. */
  private enum Condition {
    LEASE_HOLDS("lease_expires_at > now()"),
    LEASE_RAN_OUT("lease_expires_at <= now()");

    private final String settle;
    private final String interrupt;

    Condition(String lease) {
      String end = END.formatted(lease);
      settle = Together.of(end, ATTEMPTS, Settlement.STATEMENT, Together.COMMIT);
      interrupt =
          Together.of(end, ATTEMPTS, COUNT_INTERRUPTION, Settlement.STATEMENT, Together.COMMIT);
    }

    String statements(Ending ending) {
      return ending.isInterruption() ? interrupt : settle;
    }
  }

  private Endings() {}

  /** Ends the attempt if its lease holds; empty if it did not. */
  static Optional<Trial> end(Connection connection, AttemptId attempt, UUID token, Outcome outcome)
      throws SQLException {
    return end(connection, attempt, token, outcome, Condition.LEASE_HOLDS);
  }

  /** Ends an attempt whose lease has run out; empty if it had ended before. */
  static Optional<Trial> endExpired(
      Connection connection, Leases.Expired lease, Outcome.Lost outcome) throws SQLException {
    return end(connection, lease.attempt(), lease.token(), outcome, Condition.LEASE_RAN_OUT);
  }

  private static Optional<Trial> end(
      Connection connection, AttemptId attempt, UUID token, Outcome outcome, Condition condition)
      throws SQLException {
    Ending ending = Ending.of(outcome);
    StudyId study = attempt.trial().study();
    String sql = condition.statements(ending);
    try (PreparedStatement end = connection.prepareStatement(sql)) {
      int next = bind(connection, end, attempt, token, ending);
      end.setLong(next++, study.value());
      end.setInt(next++, attempt.trial().number());
      if (ending.isInterruption()) {
        end.setLong(next++, study.value());
        end.setObject(next++, token);
      }
      Settlement.bind(end, next, study.value());
      ResultSet row = Together.execute(end);
      return row.next()
          ? Optional.of(Rows.trial(row, PgTrialReader.attempts(Together.nextRows(end))))
          : Optional.empty();
    }
  }

  private static int bind(
      Connection connection, PreparedStatement end, AttemptId attempt, UUID token, Ending ending)
      throws SQLException {
    int lost = ending.attempt() == AttemptState.LOST ? 1 : 0;
    end.setString(1, ending.trial().name());
    end.setString(2, ending.trial().name());
    end.setInt(3, lost);
    end.setBoolean(4, lost == 1);
    end.setInt(5, lost);
    end.setString(6, Json.writeMetrics(ending.metrics()));
    end.setArray(7, connection.createArrayOf("float8", ending.objectives().toArray()));
    end.setString(8, ending.candidate());
    end.setString(9, ending.reason());
    end.setInt(10, lost);
    end.setString(11, Transactions.interval(BACK_OFF));
    end.setLong(12, attempt.trial().study().value());
    end.setInt(13, attempt.trial().number());
    end.setInt(14, attempt.number());
    end.setObject(15, token);
    end.setString(16, ending.attempt().name());
    end.setString(17, ending.reason());
    return 18;
  }

  /** What an outcome makes of a trial (WAITING: another attempt) and of its attempt. */
  private record Ending(
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
                TrialState.PRUNED,
                AttemptState.FINISHED,
                o.metrics(),
                o.objectives(),
                "",
                o.rule());
        case Outcome.Failed o -> without(TrialState.FAILED, AttemptState.FAILED, o.reason());
        case Outcome.Lost o -> without(TrialState.WAITING, AttemptState.LOST, o.reason());
        case Outcome.Preempted o -> without(TrialState.WAITING, AttemptState.PREEMPTED, o.reason());
        case Outcome.Stopped o -> without(TrialState.STOPPED, AttemptState.STOPPED, o.reason());
      };
    }

    /** Whether the trial was neither finished nor given up by its study. */
    boolean isInterruption() {
      return attempt == AttemptState.LOST || attempt == AttemptState.PREEMPTED;
    }

    private static Ending without(TrialState trial, AttemptState attempt, String reason) {
      return new Ending(trial, attempt, Map.of(), List.of(), "", reason);
    }
  }
}
