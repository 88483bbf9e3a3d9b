package io.ilteo.tuner.persistence;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Statements that go to PostgreSQL in one message and are answered in one.
 *
 * <p>Nearly all the time of a short call is its round trips. The driver splits such a text at its
 * semicolons and prepares each part; parameters are counted through. Each statement sees what was
 * committed before it began, as if it had been sent alone; after one that fails none is run.
 */
final class Together {
  /**
   * As the last one, ends the transaction without a round trip of its own. Whatever is sent
   * afterwards is in a new transaction.
   */
  static final String COMMIT = "COMMIT";

  /** As {@link #COMMIT}, but what is sent along after it is in a new transaction. */
  static final String COMMIT_AND_GO_ON = "COMMIT AND CHAIN";

  private static final String NEXT = ";\n";

  private Together() {}

  static String of(String... statements) {
    return String.join(NEXT, statements);
  }

  /** Runs all and returns the rows of the first that answers with rows. */
  static ResultSet execute(PreparedStatement statements) throws SQLException {
    return statements.execute() ? statements.getResultSet() : nextRows(statements);
  }

  /**
   * The rows of the next statement that answers with rows, be they none; those before stay open.
   */
  static ResultSet nextRows(PreparedStatement statements) throws SQLException {
    while (!statements.getMoreResults(Statement.KEEP_CURRENT_RESULT)) {
      if (statements.getUpdateCount() == -1) {
        throw new SQLException("fewer statements than expected answered with rows");
      }
    }
    return statements.getResultSet();
  }
}
