package io.ilteo.tuner.persistence;

import io.ilteo.servicekit.jdbc.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Thins what grows fastest, the epochs of trials, once a study has ended long ago: of each trial so
 * many evenly spaced ones stay, the first and the last among them, and of the pruner's decisions
 * those that pruned. What a trial ended with is in its own row and stays.
 *
 * <p>Any replica may sweep at any time: a study's row is locked while a batch of its trials is
 * thinned, and others take the next study.
 */
public final class Thinning {
  private static final int TRIALS_A_TRANSACTION = 500;

  private final Transactions transactions;
  private final int epochsPerTrial;
  private final Duration minAge;

  /**
   * Keeps so many epochs of each trial.
   *
   * @param epochsPerTrial 2 or more
   * @param minAge studies that ended more recently keep all of theirs
   */
  public Thinning(Transactions transactions, int epochsPerTrial, Duration minAge) {
    if (epochsPerTrial < 2 || minAge.isNegative()) {
      throw new IllegalArgumentException(
          "thinning to %d epochs after %s; 2 or more, and no negative age"
              .formatted(epochsPerTrial, minAge));
    }
    this.transactions = transactions;
    this.epochsPerTrial = epochsPerTrial;
    this.minAge = minAge;
  }

  /** How much was deleted. */
  public record Thinned(long measurements, long decisions) {
    private Thinned plus(Thinned other) {
      return new Thinned(measurements + other.measurements, decisions + other.decisions);
    }
  }

  /** Thins all that is old enough, in small transactions. */
  public Thinned sweep() {
    Thinned total = new Thinned(0, 0);
    while (true) {
      Optional<Thinned> batch = transactions.call(this::sweepBatch);
      if (batch.isEmpty()) {
        return total;
      }
      total = total.plus(batch.get());
    }
  }

  /** A study and the trials of it, after {@code from} and up to {@code to}, that are next. */
  private record Batch(long study, int from, int to) {}

  private Optional<Thinned> sweepBatch(Connection connection) throws SQLException {
    Optional<Batch> next = next(connection);
    if (next.isEmpty()) {
      return Optional.empty();
    }
    Batch batch = next.get();
    long measurements = deleteMeasurements(connection, batch);
    long decisions = deleteDecisions(connection, batch);
    String sql = "UPDATE study SET thinned_to = ? WHERE id = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, batch.to());
      update.setLong(2, batch.study());
      update.executeUpdate();
    }
    return Optional.of(new Thinned(measurements, decisions));
  }

  private Optional<Batch> next(Connection connection) throws SQLException {
    // A confirmation may run in a study that has ended: not while one does.
    String sql =
        """
        SELECT id, thinned_to, last_number FROM study s
         WHERE state IN ('COMPLETED', 'STOPPED', 'FAILED') AND thinned_to < last_number
           AND ended_at < now() - cast(? AS interval)
           AND NOT EXISTS (SELECT FROM trial t WHERE t.study_id = s.id AND t.state IN ('WAITING', 'RUNNING'))
         ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, Transactions.interval(minAge));
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        int from = row.getInt("thinned_to");
        int to = Math.min(from + TRIALS_A_TRANSACTION, row.getInt("last_number"));
        return Optional.of(new Batch(row.getLong("id"), from, to));
      }
    }
  }

  private long deleteMeasurements(Connection connection, Batch batch) throws SQLException {
    // Of n epochs the i-th (from 0) goes if no multiple of (n-1)/(k-1) lies in (i-1, i].
    String sql =
        """
        DELETE FROM measurement m USING (
          SELECT trial_id, step, row_number() OVER (PARTITION BY trial_id ORDER BY step) - 1 AS i,
                 count(*) OVER (PARTITION BY trial_id) AS n
            FROM measurement JOIN trial t ON t.id = trial_id
           WHERE t.study_id = ? AND t.number > ? AND t.number <= ?) e
         WHERE m.trial_id = e.trial_id AND m.step = e.step AND e.n > ? AND e.i > 0
           AND e.i * (? - 1) / (e.n - 1) = (e.i - 1) * (? - 1) / (e.n - 1)
        """;
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      set(delete, batch);
      delete.setInt(4, epochsPerTrial);
      delete.setInt(5, epochsPerTrial);
      delete.setInt(6, epochsPerTrial);
      return delete.executeLargeUpdate();
    }
  }

  private static long deleteDecisions(Connection connection, Batch batch) throws SQLException {
    String sql =
        """
        DELETE FROM pruning_decision d USING trial t
         WHERE t.study_id = ? AND t.number > ? AND t.number <= ? AND d.trial_id = t.id AND NOT d.pruned
        """;
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      set(delete, batch);
      return delete.executeLargeUpdate();
    }
  }

  private static void set(PreparedStatement statement, Batch batch) throws SQLException {
    statement.setLong(1, batch.study());
    statement.setInt(2, batch.from());
    statement.setInt(3, batch.to());
  }
}
