package io.ilteo.modelkit.registry;

import io.ilteo.servicekit.jdbc.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Deletes what nobody will ask for again: versions without an alias and trained networks without a
 * version, but for the best few of each study; checkpoints of trainings long gone; inputs that no
 * network has.
 *
 * <p>What an alias points at stays, and so does everything younger than the minimal age. Networks
 * trained for no study are each a study of their own. Records of test fold readings are never
 * deleted.
 */
public final class Retention {
  private static final String STUDY = "coalesce(substring(%s from '^studies/[^/]+'), %s)";

  private final Transactions transactions;
  private final String metric;
  private final boolean minimize;
  private final int bestPerStudy;
  private final Duration minAge;
  private final Duration checkpointAge;

  /**
   * Keeps the best of each study.
   *
   * @param metric on the validation fold, by which networks are ranked
   * @param minimize whether less of it is better
   * @param bestPerStudy versions and networks kept of each study, 1 or more
   * @param minAge younger ones are kept
   * @param checkpointAge how long a training may be interrupted and still go on from its checkpoint
   */
  public Retention(
      Transactions transactions,
      String metric,
      boolean minimize,
      int bestPerStudy,
      Duration minAge,
      Duration checkpointAge) {
    if (bestPerStudy < 1 || minAge.isNegative() || checkpointAge.isNegative()) {
      throw new IllegalArgumentException(
          "retention of %d a study after %s; 1 or more, and no negative age"
              .formatted(bestPerStudy, minAge));
    }
    this.transactions = transactions;
    this.metric = metric;
    this.minimize = minimize;
    this.bestPerStudy = bestPerStudy;
    this.minAge = minAge;
    this.checkpointAge = checkpointAge;
  }

  /**
   * Deletes what need not be kept, in one transaction; any replica may run it at any time. While
   * another does, there is nothing to do.
   */
  public Swept sweep() {
    return transactions.call(
        connection -> {
          if (!isOurTurn(connection)) {
            return new Swept(0, 0, 0);
          }
          // Against registrations, which would give a version to a network that goes.
          try (PreparedStatement lock =
              connection.prepareStatement("LOCK TABLE model_version IN SHARE ROW EXCLUSIVE MODE")) {
            lock.execute();
          }
          int versions = sweepVersions(connection);
          int networks = sweepNetworks(connection);
          int checkpoints = sweepCheckpoints(connection);
          sweepInputs(connection);
          return new Swept(versions, networks, checkpoints);
        });
  }

  private static boolean isOurTurn(Connection connection) throws SQLException {
    // Each model service has a schema of its own, and all of them may share a database.
    String sql =
        "SELECT pg_try_advisory_xact_lock(hashtextextended('ilteo.retention.' || current_schema(), 0))";
    try (PreparedStatement lock = connection.prepareStatement(sql);
        ResultSet row = lock.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private int sweepVersions(Connection connection) throws SQLException {
    String sql =
        """
        WITH scored AS (
          SELECT v.number, v.created_at, min(%s) AS study,
                 avg((c.metrics ->> ?)::double precision) AS score
            FROM model_version v JOIN candidate c ON c.id = ANY (v.candidates)
           GROUP BY v.number),
        ranked AS (
          SELECT number, created_at, row_number() OVER (
                   PARTITION BY study ORDER BY score %s NULLS LAST, number) AS place
            FROM scored)
        DELETE FROM model_version v USING ranked r
         WHERE v.number = r.number AND r.place > ? AND r.created_at < now() - ?::interval
           AND NOT EXISTS (SELECT FROM model_alias a WHERE a.version = v.number)
        """
            .formatted(study("c.attempt"), direction());
    return ranked(connection, sql);
  }

  private int sweepNetworks(Connection connection) throws SQLException {
    String sql =
        """
        WITH ranked AS (
          SELECT id, row_number() OVER (
                   PARTITION BY %s
                   ORDER BY (metrics ->> ?)::double precision %s NULLS LAST, id) AS place
            FROM candidate)
        DELETE FROM candidate c USING ranked r
         WHERE c.id = r.id AND r.place > ? AND c.created_at < now() - ?::interval
           AND NOT EXISTS (SELECT FROM model_version v WHERE c.id = ANY (v.candidates))
        """
            .formatted(study("attempt"), direction());
    return ranked(connection, sql);
  }

  private int ranked(Connection connection, String sql) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setString(1, metric);
      delete.setInt(2, bestPerStudy);
      delete.setString(3, Transactions.interval(minAge));
      return delete.executeUpdate();
    }
  }

  private int sweepCheckpoints(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM checkpoint WHERE created_at < now() - ?::interval")) {
      delete.setString(1, Transactions.interval(checkpointAge));
      return delete.executeUpdate();
    }
  }

  private static void sweepInputs(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            DELETE FROM fitted_inputs i
             WHERE NOT EXISTS (SELECT FROM candidate c WHERE c.inputs = i.digest)
            """)) {
      delete.executeUpdate();
    }
  }

  private static String study(String attempt) {
    return STUDY.formatted(attempt, attempt);
  }

  private String direction() {
    return minimize ? "ASC" : "DESC";
  }

  /** How much was deleted. */
  public record Swept(int versions, int networks, int checkpoints) {}
}
