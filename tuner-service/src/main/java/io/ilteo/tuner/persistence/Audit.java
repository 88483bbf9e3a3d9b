package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.StudyStore.AuditEvent;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Audit events: written in the transaction of what they tell, read newest first. */
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

  /** Events of {@code study} with an id below {@code before}, at most {@code limit}. */
  static List<AuditEvent> read(Connection connection, long study, long before, int limit)
      throws SQLException {
    String sql =
        """
        SELECT id, happened_at, actor, action, subject, reason, detail FROM audit_event
         WHERE study_id = ? AND id < ? ORDER BY id DESC LIMIT ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study);
      select.setLong(2, before);
      select.setInt(3, limit);
      List<AuditEvent> events = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          events.add(
              new AuditEvent(
                  row.getLong("id"),
                  Rows.instant(row, "happened_at"),
                  row.getString("actor"),
                  row.getString("action"),
                  row.getString("subject"),
                  row.getString("reason"),
                  row.getString("detail")));
        }
      }
      return events;
    }
  }
}
