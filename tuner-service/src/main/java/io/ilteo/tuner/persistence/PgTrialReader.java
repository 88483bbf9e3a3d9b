package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.error.DomainException.NotFound;
import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.application.Confirmation;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.domain.pruner.Curve;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.wire.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** {@link TrialReader} in PostgreSQL. */
public final class PgTrialReader implements TrialReader {
  private final Transactions transactions;
  private final ReportedCurves curves = new ReportedCurves();

  public PgTrialReader(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Trial get(TrialId id) {
    return transactions.call(connection -> find(connection, id));
  }

  static Trial find(Connection connection, TrialId id) throws SQLException {
    String sql = "SELECT * FROM trial WHERE study_id = ? AND number = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, id.study().value());
      select.setInt(2, id.number());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new NotFound("there is no " + id.name());
        }
        return Rows.trial(row, attempts(connection, row.getLong("id")));
      }
    }
  }

  static List<Trial.Attempt> attempts(Connection connection, long trial) throws SQLException {
    String sql = "SELECT * FROM attempt WHERE trial_id = ? ORDER BY number";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, trial);
      try (ResultSet row = select.executeQuery()) {
        return attempts(row);
      }
    }
  }

  /** All attempts of the rows. */
  static List<Trial.Attempt> attempts(ResultSet row) throws SQLException {
    List<Trial.Attempt> attempts = new ArrayList<>();
    while (row.next()) {
      attempts.add(
          new Trial.Attempt(
              row.getInt("number"),
              AttemptState.valueOf(row.getString("state")),
              row.getString("worker"),
              row.getString("replica"),
              row.getString("checkpoint"),
              row.getString("reason"),
              Rows.instant(row, "started_at"),
              Rows.optionalInstant(row, "ended_at")));
    }
    return attempts;
  }

  @Override
  public Page list(Query query) {
    return transactions.call(connection -> TrialPages.read(connection, query));
  }

  @Override
  public List<Trial> these(StudyId study, List<Integer> numbers) {
    return transactions.call(connection -> TrialPages.whole(connection, study, numbers));
  }

  @Override
  public List<Result> results(StudyId study) {
    return transactions.call(connection -> TrialPages.results(connection, study));
  }

  @Override
  public Optional<Measurement> lastMeasurement(TrialId id) {
    String sql =
        """
        SELECT m.* FROM measurement m JOIN trial t ON t.id = m.trial_id
         WHERE t.study_id = ? AND t.number = ? ORDER BY m.step DESC LIMIT 1
        """;
    return transactions.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, id.study().value());
            select.setInt(2, id.number());
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(measurement(row)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public TreeMap<Integer, Curve> curves(StudyId study, String metric) {
    return transactions.call(connection -> curves.of(connection, study, metric));
  }

  @Override
  public long finishedSince(StudyId study, Collection<Integer> numbers) {
    String sql =
        """
        SELECT count(*) FROM trial
         WHERE study_id = ? AND state IN ('COMPLETED', 'PRUNED')
           AND origin IN ('SAMPLER', 'ENQUEUED')
           AND history_place > (SELECT max(history_place) FROM trial
                                 WHERE study_id = ? AND number = ANY (?::int[]))
        """;
    return transactions.call(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, study.value());
            select.setLong(2, study.value());
            select.setArray(3, connection.createArrayOf("int4", numbers.toArray()));
            try (ResultSet row = select.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  @Override
  public List<Confirmation> confirmations(StudyId study) {
    return transactions.call(connection -> Confirmations.read(connection, study));
  }

  @Override
  public List<TimelineEntry> timeline(StudyId study, int limit) {
    return transactions.call(connection -> Timelines.read(connection, study, limit));
  }

  @Override
  public long attempts(StudyId study) {
    return transactions.call(connection -> Timelines.count(connection, study));
  }

  @Override
  public Cost cost(StudyId study) {
    return transactions.call(connection -> Costs.read(connection, study));
  }

  private static Measurement measurement(ResultSet row) throws SQLException {
    return new Measurement(
        row.getLong("step"),
        Json.readMetrics(row.getString("metrics")),
        Duration.ofMillis(row.getLong("duration_millis")),
        Rows.instant(row, "reported_at"));
  }

  @Override
  public List<Measurement> measurements(TrialId id, long after, int limit) {
    String sql =
        """
        SELECT m.* FROM measurement m JOIN trial t ON t.id = m.trial_id
         WHERE t.study_id = ? AND t.number = ? AND m.step > ? ORDER BY m.step LIMIT ?
        """;
    return transactions.call(
        connection -> {
          find(connection, id);
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, id.study().value());
            select.setInt(2, id.number());
            select.setLong(3, after);
            select.setInt(4, limit);
            List<Measurement> measurements = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                measurements.add(measurement(row));
              }
            }
            return measurements;
          }
        });
  }
}
