package io.ilteo.servicekit.jdbc;

import java.sql.SQLException;

/** A statement failed for a reason that is a fault of this program or of the database. */
public final class DatabaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseFailure(SQLException cause) {
    super(cause.getMessage(), cause);
  }

  /** PostgreSQL's five-character code, e.g. {@code 23514} for a violated CHECK. */
  public String sqlState() {
    return getCause() instanceof SQLException cause ? String.valueOf(cause.getSQLState()) : "";
  }
}
