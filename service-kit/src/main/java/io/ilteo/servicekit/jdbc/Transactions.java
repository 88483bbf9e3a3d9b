package io.ilteo.servicekit.jdbc;

import io.ilteo.servicekit.error.DomainException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Runs work in database transactions over plain JDBC.
 *
 * <p>A transaction that PostgreSQL ended for a reason that passes (serialization failure, deadlock,
 * a table that an upgrade has changed) is run again, a bounded number of times. A database that
 * does not answer becomes {@link DomainException.Unavailable}, so that callers can wait and try
 * again.
 */
public final class Transactions {
  private static final int MAX_RUNS = 5;
  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";

  /** A table has changed since a statement was prepared, by an upgrade: it is prepared anew. */
  private static final String PREPARED_BEFORE = "0A000";

  private static final String TOO_MANY_CONNECTIONS = "53300";

  /** The server ended a transaction whose client had fallen silent. */
  private static final String IDLE_TOO_LONG = "25P03";

  private static final String DISK_FULL = "53100";

  /** A NUL: protobuf allows it in a string, PostgreSQL does not. */
  private static final String NOT_A_TEXT = "22021";

  private final DataSource dataSource;

  public Transactions(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Runs {@code work} in one READ COMMITTED transaction and returns its result. */
  public <T> T call(Work<T> work) {
    for (int run = 1; ; run++) {
      try {
        return once(work);
      } catch (SQLException failure) {
        if (!passes(failure) || run == MAX_RUNS) {
          throw translate(failure);
        }
      }
    }
  }

  /** Runs {@code work} in one READ COMMITTED transaction. */
  public void run(VoidWork work) {
    this.<Boolean>call(
        connection -> {
          work.run(connection);
          return true;
        });
  }

  private <T> T once(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (Throwable failure) {
        rollBack(connection, failure);
        throw failure;
      } finally {
        restoreAutoCommit(connection);
      }
    }
  }

  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      cause.addSuppressed(second);
    }
  }

  private static void restoreAutoCommit(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      connection.setAutoCommit(true);
    }
  }

  private static boolean passes(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.equals(SERIALIZATION_FAILURE)
        || state.equals(DEADLOCK)
        || state.equals(PREPARED_BEFORE);
  }

  private static RuntimeException translate(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (state.equals(DISK_FULL)) {
      return new DomainException.ResourceExhausted("The database's disk is full.");
    }
    if (state.equals(NOT_A_TEXT)) {
      return new DomainException.InvalidArgument(
          "a text has the character U+0000; texts may have every other one");
    }
    // Classes 08 (connection) and 57P (shutdown, crash, cannot connect now) pass by themselves.
    boolean gone =
        state.startsWith("08")
            || state.startsWith("57P")
            || state.equals(TOO_MANY_CONNECTIONS)
            || state.equals(IDLE_TOO_LONG)
            || noneFree(failure);
    if (gone || failure instanceof java.sql.SQLTransientConnectionException) {
      return new DomainException.Unavailable("The database does not answer; try again later.");
    }
    return new DatabaseFailure(failure);
  }

  /** Agroal waited in vain for a connection; it says so by the cause alone. */
  private static boolean noneFree(SQLException failure) {
    return failure.getSQLState() == null && failure.getCause() instanceof TimeoutException;
  }

  /** PostgreSQL's form of a duration, for {@code cast(? as interval)}. */
  public static String interval(Duration duration) {
    return duration.toMillis() + " milliseconds";
  }

  /** The body of a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work; throwing anything rolls back. */
    T run(Connection connection) throws SQLException;
  }

  /** The body of a transaction without a result. */
  @FunctionalInterface
  public interface VoidWork {
    /** Does the work; throwing anything rolls back. */
    void run(Connection connection) throws SQLException;
  }
}
