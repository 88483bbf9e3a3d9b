package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.servicekit.error.DomainException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Runs an action whenever PostgreSQL announces that models changed ({@code LISTEN}), and once a
 * second besides: an announcement can be lost with its connection, or swallowed by a pooler.
 *
 * <p>Holds one connection for as long as it lives, and takes another when that one breaks.
 */
public final class AliasWatch implements AutoCloseable {
  /** Name that its session should have in PostgreSQL, so that operators know who sits there. */
  public static final String SESSION = "ilteo-alias-watch";

  private static final int POLL_MILLIS = 1_000;
  private static final int NETWORK_LIMIT_MILLIS = 5_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Logger LOG = Logger.getLogger(AliasWatch.class);

  private final DataSource dataSource;
  private final Runnable action;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * A watch that is not running yet.
   *
   * @param dataSource where it takes its own connection; better not from a pool, which would hand a
   *     broken one on
   */
  public AliasWatch(DataSource dataSource, Runnable action) {
    this.dataSource = dataSource;
    this.action = action;
    // A platform thread: networks are loaded on it.
    this.thread = Thread.ofPlatform().daemon().name("alias-watch").unstarted(this::watch);
  }

  /** Starts watching: the action runs at once and then after every change. */
  public void start() {
    thread.start();
  }

  private void watch() {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, NETWORK_LIMIT_MILLIS);
        listen(connection);
        pause = FIRST_PAUSE;
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
          action.run();
          postgres.getNotifications(POLL_MILLIS);
        }
      } catch (SQLException | DomainException.Unavailable broken) {
        if (!closed) {
          LOG.warnf("Watching the aliases goes on in %s: %s", pause, broken.getMessage());
        }
      } catch (RuntimeException failure) {
        LOG.error("Watching the aliases failed and goes on", failure);
      }
      if (!closed) {
        LockSupport.parkNanos(pause.toNanos());
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  private static void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT quote_ident(current_schema || '.models')")) {
      row.next();
      String channel = row.getString(1);
      statement.execute("LISTEN " + channel);
    }
  }

  /** Ends the watch within a second. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
