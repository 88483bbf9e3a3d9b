package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The statements that move a study from one state to another because somebody said so. */
final class StateChanges {
  private StateChanges() {}

  /**
   * Moves a study to {@code target} if it is in one of {@code from}.
   *
   * @throws FailedPrecondition if it is in none of them
   */
  static Study move(
      Connection connection, StudyId id, Set<StudyState> from, StudyState target, Change change)
      throws SQLException {
    String sql =
        """
        UPDATE study SET state = ?, state_reason = ?, version = version + 1,
               started_at = CASE WHEN ? = 'RUNNING' THEN coalesce(started_at, now()) ELSE started_at END,
               ended_at = CASE WHEN ? = 'RUNNING' THEN NULL ELSE ended_at END
         WHERE id = ? AND state = ANY (?::text[])
        """;
    // A trial that is being claimed begins before the study stops, and is waited for.
    Claim.lock(connection, id);
    StudyState was = PgStudyStore.find(connection, id.value()).state();
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, target.name());
      update.setString(2, change.isByTuner() ? change.reason() : "");
      update.setString(3, target.name());
      update.setString(4, target.name());
      update.setLong(5, id.value());
      update.setArray(
          6, connection.createArrayOf("text", from.stream().map(StudyState::name).toArray()));
      if (update.executeUpdate() == 0) {
        throw new FailedPrecondition(
            "%s is %s; only from %s it can become %s".formatted(id.name(), was, from, target));
      }
    }
    Audit.write(
        connection,
        id.value(),
        change,
        "study." + target.name().toLowerCase(Locale.ROOT),
        id.name(),
        Map.of("from", was.name(), "to", target.name()));
    return PgStudyStore.find(connection, id.value());
  }

  /** Moves a study to STOPPING that will have FAILED once no trial of it runs any more. */
  static Study refuse(Connection connection, StudyId id, Change change) throws SQLException {
    Set<StudyState> open = Set.of(StudyState.RUNNING, StudyState.PAUSED);
    Study stopping = move(connection, id, open, StudyState.STOPPING, change);
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE study SET refused = true WHERE id = ?")) {
      update.setLong(1, id.value());
      update.executeUpdate();
    }
    return stopping;
  }
}
