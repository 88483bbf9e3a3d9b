package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** Writes audit events, in the transaction of what they tell. */
final class Audit {
  private Audit() {}

  static void write(
      Connection connection,
      long study,
      Change change,
      String action,
      String subject,
      Map<String, ?> detail)
      throws SQLException {
    String sql =
        """
        INSERT INTO audit_event (study_id, actor, action, subject, reason, detail)
        VALUES (?, ?, ?, ?, ?, ?::jsonb)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, study);
      insert.setString(2, change.actor());
      insert.setString(3, action);
      insert.setString(4, subject);
      insert.setString(5, change.reason());
      insert.setString(6, Json.write(detail));
      insert.executeUpdate();
    }
  }
}
