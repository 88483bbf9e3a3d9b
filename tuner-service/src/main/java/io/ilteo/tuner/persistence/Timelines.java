package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.TrialReader.TimelineEntry;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.StudyId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Attempts by time. */
final class Timelines {
  private Timelines() {}

  /** At most {@code limit} attempts, each so many-th in the order of their beginnings. */
  static List<TimelineEntry> read(Connection connection, StudyId study, int limit)
      throws SQLException {
    String sql =
        """
        WITH numbered AS (
          SELECT t.number AS trial, a.*,
                 row_number() OVER (ORDER BY a.started_at, t.number, a.number) - 1 AS place,
                 count(*) OVER () AS total
            FROM attempt a JOIN trial t ON t.id = a.trial_id WHERE t.study_id = ?)
        SELECT * FROM numbered
         WHERE place % greatest(1, (total + ? - 1) / ?) = 0 ORDER BY place
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.value());
      select.setInt(2, limit);
      select.setInt(3, limit);
      List<TimelineEntry> entries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(
              new TimelineEntry(
                  row.getInt("trial"),
                  row.getInt("number"),
                  row.getString("worker"),
                  row.getString("replica"),
                  AttemptState.valueOf(row.getString("state")),
                  Rows.instant(row, "started_at"),
                  Rows.optionalInstant(row, "ended_at")));
        }
      }
      return entries;
    }
  }

  static long count(Connection connection, StudyId study) throws SQLException {
    String sql =
        "SELECT count(*) FROM attempt a JOIN trial t ON t.id = a.trial_id WHERE t.study_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
