package io.ilteo.modelkit.audit;

import io.ilteo.servicekit.security.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes an audit row into the transaction of the change that it tells of: there is no change
 * without its row, and no row without its change.
 */
public final class Changes {
  private Changes() {}

  /**
   * The caller of this call did {@code action} to {@code subject}.
   *
   * @param action e.g. {@code panel.import}
   * @param subject a resource name
   */
  public static void record(Connection connection, String action, String subject)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO change_event (actor, action, subject) VALUES (?, ?, ?)")) {
      insert.setString(1, Caller.current().name());
      insert.setString(2, action);
      insert.setString(3, subject);
      insert.executeUpdate();
    }
  }
}
