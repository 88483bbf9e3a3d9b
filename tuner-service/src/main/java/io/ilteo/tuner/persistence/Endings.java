package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.AttemptState;
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

/** The statements that end an attempt and decide what becomes of its trial. */
final class Endings {
  /** A lost trial waits so long times its lost attempts before it is tried again. */
  private static final Duration BACK_OFF = Duration.ofMillis(500);

  private Endings() {}

  /** Ends the attempt if its lease holds; empty if it did not. */
  static Optional<Trial> end(Connection connection, AttemptId attempt, UUID token, Outcome outcome)
      throws SQLException {
    return end(connection, attempt, token, outcome, "lease_expires_at > now()");
  }

  /** Ends an attempt whose lease has run out; empty if it had ended before. */
  static Optional<Trial> endExpired(
      Connection connection, Leases.Expired lease, Outcome.Lost outcome) throws SQLException {
    return end(connection, lease.attempt(), lease.token(), outcome, "lease_expires_at <= now()");
  }

  private static Optional<Trial> end(
      Connection connection, AttemptId attempt, UUID token, Outcome outcome, String leaseCondition)
      throws SQLException {
    // A retry beyond max_attempts fails the trial instead of letting it wait.
    String sql =
        """
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
        RETURNING t.*
        """
            .formatted(leaseCondition);
    Ending ending = Ending.of(outcome);
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, ending.trial().name());
      update.setString(2, ending.trial().name());
      boolean lost = ending.attempt() == AttemptState.LOST;
      update.setInt(3, lost ? 1 : 0);
      update.setBoolean(4, lost);
      update.setInt(5, lost ? 1 : 0);
      update.setString(6, Json.writeMetrics(ending.metrics()));
      update.setArray(7, connection.createArrayOf("float8", ending.objectives().toArray()));
      update.setString(8, ending.candidate());
      update.setString(9, ending.reason());
      update.setInt(10, lost ? 1 : 0);
      update.setString(11, Transactions.interval(BACK_OFF));
      update.setLong(12, attempt.trial().study().value());
      update.setInt(13, attempt.trial().number());
      update.setInt(14, attempt.number());
      update.setObject(15, token);
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        long trial = row.getLong("id");
        endAttempt(connection, trial, attempt, ending);
        return Optional.of(Rows.trial(row, PgTrialReader.attempts(connection, trial)));
      }
    }
  }

  private static void endAttempt(
      Connection connection, long trial, AttemptId attempt, Ending ending) throws SQLException {
    String sql =
        """
        UPDATE attempt SET state = ?, reason = ?, ended_at = now(),
               checkpoint = (SELECT checkpoint FROM trial WHERE id = trial_id)
         WHERE trial_id = ? AND number = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, ending.attempt().name());
      update.setString(2, ending.reason());
      update.setLong(3, trial);
      update.setInt(4, attempt.number());
      update.executeUpdate();
    }
    if (ending.attempt() == AttemptState.LOST || ending.attempt() == AttemptState.PREEMPTED) {
      String count = "UPDATE study SET lost_attempts = lost_attempts + 1 WHERE id = ?";
      try (PreparedStatement update = connection.prepareStatement(count)) {
        update.setLong(1, attempt.trial().study().value());
        update.executeUpdate();
      }
    }
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

    private static Ending without(TrialState trial, AttemptState attempt, String reason) {
      return new Ending(trial, attempt, Map.of(), List.of(), "", reason);
    }
  }
}
