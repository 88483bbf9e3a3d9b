package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.collection.RecentlyUsed;
import io.ilteo.tuner.domain.pruner.Curve;
import io.ilteo.tuner.domain.study.StudyId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Curves of a study's trials, as pruners ask for them with every report. What an ended trial
 * reported never changes, so it is read once a process; only the few open trials are read each
 * time. The cache is bounded and holds nothing that is not in the database.
 */
final class ReportedCurves {
  private static final int MAX_STUDIES = 16;

  /** About 64 MB of points a study; a larger one is read anew each time. */
  private static final long MAX_POINTS = 4_000_000;

  private record Key(long study, String metric) {}

  /** Curves of ended trials, and the place in the history up to which they were read. */
  private static final class Known {
    final TreeMap<Integer, Curve> ended = new TreeMap<>();
    long readTo;
    long points;
  }

  private final Map<Key, Known> cache = new RecentlyUsed<>(MAX_STUDIES);

  /** By trial number; confirmations, and trials that never reported the metric, are left out. */
  TreeMap<Integer, Curve> of(Connection connection, StudyId study, String metric)
      throws SQLException {
    long cut = historyLength(connection, study);
    Key key = new Key(study.value(), metric);
    Known known;
    synchronized (cache) {
      known = cache.computeIfAbsent(key, k -> new Known());
    }
    TreeMap<Integer, Curve> curves;
    synchronized (known) {
      if (known.readTo < cut) {
        Map<Integer, Curve> more = ended(connection, study, metric, known.readTo, cut);
        known.points += more.values().stream().mapToLong(Curve::size).sum();
        known.ended.putAll(more);
        known.readTo = cut;
      }
      curves = new TreeMap<>(known.ended);
      if (known.points > MAX_POINTS) {
        synchronized (cache) {
          cache.remove(key, known);
        }
      }
    }
    // A trial that has ended since the cut is among these.
    curves.putAll(open(connection, study, metric, cut));
    return curves;
  }

  private static long historyLength(Connection connection, StudyId study) throws SQLException {
    String sql = "SELECT history_length FROM study WHERE id = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, study.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static Map<Integer, Curve> ended(
      Connection connection, StudyId study, String metric, long after, long cut)
      throws SQLException {
    String sql =
        """
        SELECT t.number, m.step, (m.metrics ->> ?)::float8 AS value
          FROM (SELECT id, number FROM trial
                 WHERE study_id = ? AND history_place > ? AND history_place <= ?
                   AND origin <> 'CONFIRMATION' ORDER BY history_place) t
          JOIN measurement m ON m.trial_id = t.id
         WHERE m.metrics ->> ? IS NOT NULL
         ORDER BY t.number, m.step
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, metric);
      select.setLong(2, study.value());
      select.setLong(3, after);
      select.setLong(4, cut);
      select.setString(5, metric);
      return read(select);
    }
  }

  private static Map<Integer, Curve> open(
      Connection connection, StudyId study, String metric, long cut) throws SQLException {
    String sql =
        """
        SELECT t.number, m.step, (m.metrics ->> ?)::float8 AS value
          FROM (SELECT id, number, origin FROM trial
                 WHERE study_id = ? AND state IN ('WAITING', 'RUNNING')
                UNION ALL
                (SELECT id, number, origin FROM trial
                  WHERE study_id = ? AND history_place > ? ORDER BY history_place)) t
          JOIN measurement m ON m.trial_id = t.id
         WHERE t.origin <> 'CONFIRMATION' AND m.metrics ->> ? IS NOT NULL
         ORDER BY t.number, m.step
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, metric);
      select.setLong(2, study.value());
      select.setLong(3, study.value());
      select.setLong(4, cut);
      select.setString(5, metric);
      return read(select);
    }
  }

  private static Map<Integer, Curve> read(PreparedStatement select) throws SQLException {
    Map<Integer, Curve> curves = new LinkedHashMap<>();
    long[] steps = new long[64];
    double[] values = new double[64];
    int count = 0;
    int number = 0;
    select.setFetchSize(10_000);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        if (row.getInt("number") != number && count > 0) {
          curves.put(number, Curve.of(steps, values, count));
          count = 0;
        }
        number = row.getInt("number");
        if (count == steps.length) {
          steps = Arrays.copyOf(steps, 2 * count);
          values = Arrays.copyOf(values, 2 * count);
        }
        steps[count] = row.getLong("step");
        values[count++] = row.getDouble("value");
      }
    }
    if (count > 0) {
      curves.put(number, Curve.of(steps, values, count));
    }
    return curves;
  }
}
