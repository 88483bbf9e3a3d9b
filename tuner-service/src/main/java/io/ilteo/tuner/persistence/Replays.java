package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.application.TrialRecord;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Computes a study's suggestions again from what is recorded with each trial. */
final class Replays {
  private Replays() {}

  static TrialRecord.Replay replay(
      Connection connection, Histories histories, StudyId id, TrialQueue.Proposer proposer)
      throws SQLException {
    Study study = PgStudyStore.find(connection, id.value());
    Map<Integer, SearchSpace> spaces = spaces(connection, id);
    String sql =
        """
        SELECT number, parameters, space_version, history_cut FROM trial
         WHERE study_id = ? AND origin = 'SAMPLER' ORDER BY number
        """;
    int suggestions = 0;
    int reproduced = 0;
    Optional<TrialId> difference = Optional.empty();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id.value());
      select.setFetchSize(1_000);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          int number = row.getInt("number");
          int version = row.getInt("space_version");
          Study then = study.withSpace(spaces.getOrDefault(version, study.space()), version);
          Histories.Seen seen =
              histories.upTo(connection, then, number, row.getLong("history_cut"));
          Configuration again = proposer.propose(then, number, seen.finished(), seen.pending());
          suggestions++;
          if (again.equals(Json.readConfiguration(row.getString("parameters")))) {
            reproduced++;
          } else if (difference.isEmpty()) {
            difference = Optional.of(new TrialId(id, number));
          }
        }
      }
    }
    return new TrialRecord.Replay(suggestions, reproduced, difference);
  }

  private static Map<Integer, SearchSpace> spaces(Connection connection, StudyId id)
      throws SQLException {
    String sql = "SELECT version, space FROM search_space WHERE study_id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id.value());
      Map<Integer, SearchSpace> spaces = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          spaces.put(row.getInt("version"), Rows.space(row.getString("space")));
        }
      }
      return spaces;
    }
  }
}
