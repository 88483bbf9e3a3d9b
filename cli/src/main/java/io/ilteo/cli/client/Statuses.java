package io.ilteo.cli.client;

import io.grpc.Status;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What ended calls have to say to a person. */
public final class Statuses {
  private Statuses() {}

  /** What a status says; of a connection that failed, what the system said of it. */
  public static String reason(Status status) {
    return root(status.getCause()) instanceof IOException failure && failure.getMessage() != null
        ? failure.getMessage()
        : Objects.requireNonNullElse(status.getDescription(), "no description");
  }

  private static @Nullable Throwable root(@Nullable Throwable failure) {
    Throwable root = failure;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
