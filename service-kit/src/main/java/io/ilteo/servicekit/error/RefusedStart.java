package io.ilteo.servicekit.error;

import io.quarkus.runtime.PreventFurtherStepsException;

/**
 * Ends a server that must not start: one line for a person on standard error, and exit code 2.
 *
 * <p>Quarkus does this for a {@link PreventFurtherStepsException} that is the cause of another. One
 * that is thrown itself is swallowed where the application starts, and the process stays, serving
 * nothing and saying nothing.
 */
public final class RefusedStart extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int EXIT_CODE = 2;

  /** Refuses for a reason that says what to do. */
  public RefusedStart(String reason) {
    super(reason, new PreventFurtherStepsException("ilteo: " + reason, EXIT_CODE));
  }
}
