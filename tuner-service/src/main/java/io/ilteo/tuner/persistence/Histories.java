package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what samplers may see. Ended trials never change, so they are read once a process and only
 * what is new is read afterwards; the cache is bounded and holds nothing that is not in the
 * database.
 */
final class Histories {
  private static final int MAX_STUDIES = 64;

  private final Map<Long, List<FinishedTrial>> finished =
      new LinkedHashMap<>(MAX_STUDIES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<FinishedTrial>> eldest) {
          return size() > MAX_STUDIES;
        }
      };

  /** What had ended at the cut, and what was running. */
  record Seen(List<FinishedTrial> finished, List<Configuration> running) {}

  /** History of {@code study} up to {@code cut}; called under the study's advisory lock. */
  synchronized Seen upTo(Connection connection, Study study, long cut) throws SQLException {
    List<FinishedTrial> known =
        finished.computeIfAbsent(study.id().value(), id -> new ArrayList<>());
    if (known.size() < cut) {
      read(connection, study, known, cut);
    }
    return new Seen(List.copyOf(known.subList(0, (int) cut)), running(connection, study));
  }

  private static void read(Connection connection, Study study, List<FinishedTrial> known, long cut)
      throws SQLException {
    String sql =
        """
        SELECT number, state, parameters, objectives FROM trial
         WHERE study_id = ? AND history_place > ? AND history_place <= ? ORDER BY history_place
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.id().value());
      select.setLong(2, known.size());
      select.setLong(3, cut);
      select.setFetchSize(1_000);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          known.add(
              new FinishedTrial(
                  row.getInt("number"),
                  Json.readConfiguration(row.getString("parameters")),
                  losses(study, row),
                  0));
        }
      }
    }
  }

  private static List<Double> losses(Study study, ResultSet row) throws SQLException {
    if (TrialState.valueOf(row.getString("state")) != TrialState.COMPLETED) {
      return List.of();
    }
    List<Double> values = Rows.doubles(row.getArray("objectives"));
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Objective objective = study.objectives().get(i);
      losses.add(objective.direction().loss(values.get(i)));
    }
    return losses;
  }

  private static List<Configuration> running(Connection connection, Study study)
      throws SQLException {
    String sql =
        """
        SELECT parameters FROM trial
         WHERE study_id = ? AND state IN ('RUNNING', 'WAITING') ORDER BY number
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.id().value());
      List<Configuration> running = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          running.add(Json.readConfiguration(row.getString(1)));
        }
      }
      return running;
    }
  }
}
