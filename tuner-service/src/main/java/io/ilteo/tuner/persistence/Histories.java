package io.ilteo.tuner.persistence;

import io.ilteo.tuner.application.MetricConstraints;
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
 *
 * <p>What a suggestion saw follows from (number, cut) alone, so that it can be seen again: trials
 * with places up to the cut had finished, and trials with smaller numbers and later places, or
 * none, were pending.
 */
final class Histories {
  private static final int MAX_STUDIES = 64;

  /** A study and the version of its space: configurations outside of the space are left out. */
  private record Key(long study, int spaceVersion) {}

  /** Finished trials that samplers see, and the place up to which places were read. */
  private static final class Known {
    final List<FinishedTrial> finished = new ArrayList<>();
    final List<Long> places = new ArrayList<>();
    long readTo;

    /** Trials with places up to {@code cut}. */
    List<FinishedTrial> upTo(long cut) {
      int end = finished.size();
      while (end > 0 && places.get(end - 1) > cut) {
        end--;
      }
      return List.copyOf(finished.subList(0, end));
    }
  }

  private final Map<Key, Known> cache =
      new LinkedHashMap<>(MAX_STUDIES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
          return size() > MAX_STUDIES;
        }
      };

  /** What had ended at the cut, and what was pending. */
  record Seen(List<FinishedTrial> finished, List<Configuration> pending) {}

  /** What trial {@code number} saw or sees at {@code cut}. */
  Seen upTo(Connection connection, Study study, int number, long cut) throws SQLException {
    Known known;
    synchronized (cache) {
      known =
          cache.computeIfAbsent(
              new Key(study.id().value(), study.spaceVersion()), key -> new Known());
    }
    synchronized (known) {
      if (known.readTo < cut) {
        read(connection, study, known, cut);
      }
      return new Seen(known.upTo(cut), pending(connection, study, number, cut));
    }
  }

  private static void read(Connection connection, Study study, Known known, long cut)
      throws SQLException {
    String sql =
        """
        SELECT number, state, parameters, objectives, metrics, history_place FROM trial
         WHERE study_id = ? AND history_place > ? AND history_place <= ?
           AND origin <> 'CONFIRMATION'
         ORDER BY history_place
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.id().value());
      select.setLong(2, known.readTo);
      select.setLong(3, cut);
      select.setFetchSize(1_000);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Configuration configuration = Json.readConfiguration(row.getString("parameters"));
          if (isMember(study, configuration)) {
            known.finished.add(
                new FinishedTrial(
                    row.getInt("number"),
                    configuration,
                    losses(study, row),
                    violation(study, row.getString("metrics"))));
            known.places.add(row.getLong("history_place"));
          }
        }
      }
    }
    known.readTo = cut;
  }

  private static boolean isMember(Study study, Configuration configuration) {
    if (study.spaceVersion() == 1) {
      return true;
    }
    try {
      study.space().requireMember(configuration);
      return true;
    } catch (IllegalArgumentException outside) {
      return false;
    }
  }

  private static List<Double> losses(Study study, ResultSet row) throws SQLException {
    TrialState state = TrialState.valueOf(row.getString("state"));
    if (state != TrialState.COMPLETED && state != TrialState.PRUNED) {
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

  private static double violation(Study study, String metricsJson) {
    return study.spec().getMetricConstraintsCount() == 0
        ? 0
        : MetricConstraints.violation(study.spec(), Json.readMetrics(metricsJson));
  }

  private static List<Configuration> pending(
      Connection connection, Study study, int number, long cut) throws SQLException {
    String sql =
        """
        SELECT number, parameters FROM trial
         WHERE study_id = ? AND number < ? AND state IN ('RUNNING', 'WAITING')
           AND origin <> 'CONFIRMATION'
        UNION ALL
        SELECT number, parameters FROM trial
         WHERE study_id = ? AND number < ? AND history_place > ? AND origin <> 'CONFIRMATION'
        ORDER BY number
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.id().value());
      select.setInt(2, number);
      select.setLong(3, study.id().value());
      select.setInt(4, number);
      select.setLong(5, cut);
      List<Configuration> pending = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Configuration configuration = Json.readConfiguration(row.getString("parameters"));
          if (isMember(study, configuration)) {
            pending.add(configuration);
          }
        }
      }
      return pending;
    }
  }
}
