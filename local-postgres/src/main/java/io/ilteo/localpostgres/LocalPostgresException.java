package io.ilteo.localpostgres;

import java.io.IOException;
import java.nio.file.Path;
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

  /** {@code what} failed at {@code place}; a full disk is called by its name. */
  static LocalPostgresException at(Path place, String what, String reason) {
    return new LocalPostgresException(line(place, what, reason));
  }

  /** {@code what} failed at {@code place}; a full disk is called by its name. */
  static LocalPostgresException at(Path place, String what, IOException failure) {
    return new LocalPostgresException(
        line(place, what, String.valueOf(failure.getMessage())), failure);
  }

  private static String line(Path place, String what, String reason) {
    boolean full = reason.contains("No space left") || reason.contains("quota exceeded");
    return full
        ? "The disk that holds " + place + " is full; make room and try again."
        : what + " under " + place + ": " + reason;
  }
}
