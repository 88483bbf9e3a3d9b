package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.domain.study.StudyId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Ends a study when its trials say that it is over; called after every trial that ends. */
final class Settlement {
  private Settlement() {}

  static void settle(Connection connection, long study) throws SQLException {
    // One statement decides, on the row as it is now: counters are kept by trigger.
    String sql =
        """
        UPDATE study SET ended_at = now(), version = version + 1,
               state = CASE WHEN state = 'STOPPING' THEN 'STOPPED'
                            WHEN completed + pruned >= budget THEN 'COMPLETED' ELSE 'FAILED' END,
               state_reason = CASE WHEN state = 'STOPPING' THEN state_reason
                 WHEN completed + pruned < budget
                 THEN failed || ' trials failed; at most ' || max_failed || ' may' ELSE '' END
         WHERE id = ? AND ((state = 'STOPPING' AND running = 0)
            OR (state IN ('RUNNING', 'PAUSED') AND completed + pruned >= budget)
            OR (state IN ('RUNNING', 'PAUSED') AND failed > max_failed AND running = 0))
        RETURNING state
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, study);
      try (ResultSet row = update.executeQuery()) {
        if (row.next()) {
          stopWaiting(connection, study);
          Audit.write(
              connection,
              study,
              Change.byTuner("no trial is left to run"),
              "study.end",
              new StudyId(study).name(),
              Map.of("to", row.getString(1)));
        }
      }
    }
  }

  private static void stopWaiting(Connection connection, long study) throws SQLException {
    String sql =
        """
        UPDATE trial SET state = 'STOPPED', reason = 'the study ended'
         WHERE study_id = ? AND state = 'WAITING' AND origin <> 'CONFIRMATION'
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, study);
      update.executeUpdate();
    }
  }
}
