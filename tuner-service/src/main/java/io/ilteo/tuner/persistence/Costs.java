package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.TrialReader.Cost;
import io.ilteo.tuner.domain.study.StudyId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** What a study's trials took. */
final class Costs {
  private Costs() {}

  static Cost read(Connection connection, StudyId study) throws SQLException {
    String sql =
        """
        WITH spent AS (
          SELECT a.state IN ('LOST', 'PREEMPTED') AS lost,
                 1000 * extract(epoch FROM coalesce(a.ended_at, now()) - a.started_at) AS millis
            FROM attempt a JOIN trial t ON t.id = a.trial_id WHERE t.study_id = ?)
        SELECT count(*) AS attempts, count(*) FILTER (WHERE lost) AS lost_attempts,
               coalesce(sum(millis), 0)::bigint AS busy,
               coalesce(sum(millis) FILTER (WHERE lost), 0)::bigint AS lost,
               (SELECT coalesce(sum(last_step), 0) FROM trial WHERE study_id = ?) AS epochs,
               (SELECT coalesce(sum(last_step), 0) FROM trial
                 WHERE study_id = ? AND state = 'PRUNED') AS pruned_epochs
          FROM spent
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.value());
      select.setLong(2, study.value());
      select.setLong(3, study.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Cost(
            row.getLong("attempts"),
            row.getLong("lost_attempts"),
            Duration.ofMillis(row.getLong("busy")),
            Duration.ofMillis(row.getLong("lost")),
            row.getLong("epochs"),
            row.getLong("pruned_epochs"));
      }
    }
  }
}
