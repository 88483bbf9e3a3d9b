package io.ilteo.localpostgres;

import org.jspecify.annotations.Nullable;

/** PostgreSQL could not be unpacked, started or stopped; the message is one line for a person. */
public final class LocalPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LocalPostgresException(String message) {
    this(message, null);
  }

  public LocalPostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
