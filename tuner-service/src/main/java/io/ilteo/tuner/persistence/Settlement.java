package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Ends a study when its trials say that it is over; called after every trial that ends. */
final class Settlement {
  /**
   * Decides on the study's row as it is now: counters are kept by trigger. With the study end the
   * trials that wait, and the audit trail says so.
   */
  static final String STATEMENT =
      """
      WITH settled AS (
        UPDATE study SET ended_at = now(), version = version + 1,
               state = CASE WHEN state = 'STOPPING' AND refused THEN 'FAILED'
                            WHEN state = 'STOPPING' THEN 'STOPPED'
                            WHEN completed + pruned >= budget THEN 'COMPLETED' ELSE 'FAILED' END,
               state_reason = CASE WHEN state = 'STOPPING' THEN state_reason
                 WHEN completed + pruned < budget
                 THEN failed || ' trials failed; at most ' || max_failed || ' may, the last: '
                   || coalesce((SELECT t.reason FROM trial t WHERE t.study_id + 0 = study.id
                        AND t.state = 'FAILED' ORDER BY t.number DESC LIMIT 1), '') ELSE '' END
         WHERE id = ? AND ((state = 'STOPPING' AND running = 0)
            OR (state IN ('RUNNING', 'PAUSED') AND completed + pruned >= budget)
            OR (state IN ('RUNNING', 'PAUSED') AND failed > max_failed AND running = 0))
        RETURNING id, state),
      idle AS (
        UPDATE trial t SET state = 'STOPPED', reason = 'the study ended'
          FROM settled WHERE t.study_id = settled.id AND t.state = 'WAITING'
           AND t.origin <> 'CONFIRMATION')
      INSERT INTO audit_event (study_id, actor, action, subject, reason, detail)
      SELECT id, ?, 'study.end', 'studies/' || id, ?, jsonb_build_object('to', state) FROM settled
      """;

  private Settlement() {}

  static void settle(Connection connection, long study) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(STATEMENT)) {
      bind(update, 1, study);
      update.executeUpdate();
    }
  }

  /** Binds {@link #STATEMENT}; returns the index of the parameter after it. */
  static int bind(PreparedStatement statement, int first, long study) throws SQLException {
    Change change = Change.byTuner("no trial is left to run");
    statement.setLong(first, study);
    statement.setString(first + 1, change.actor());
    statement.setString(first + 2, change.reason());
    return first + 3;
  }
}
