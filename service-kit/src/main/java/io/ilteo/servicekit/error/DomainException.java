package io.ilteo.servicekit.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered as asked, with one clear line for the caller.
 *
 * <p>The message names the field or thing, the value, and what would be accepted. {@link
 * GrpcStatuses} maps each kind to a gRPC status.
 */
public abstract sealed class DomainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DomainException(String message) {
    super(message);
  }

  /** A value in the request is wrong, whatever the state of the system. */
  public static final class InvalidArgument extends DomainException {
    private static final long serialVersionUID = 1L;

    public InvalidArgument(String message) {
      super(message);
    }
  }

  /** The named thing does not exist. */
  public static final class NotFound extends DomainException {
    private static final long serialVersionUID = 1L;

    public NotFound(String message) {
      super(message);
    }
  }

  /** The thing to be created exists already. */
  public static final class AlreadyExists extends DomainException {
    private static final long serialVersionUID = 1L;

    public AlreadyExists(String message) {
      super(message);
    }
  }

  /** The system is not in the state that the request needs. */
  public static final class FailedPrecondition extends DomainException {
    private static final long serialVersionUID = 1L;

    public FailedPrecondition(String message) {
      super(message);
    }
  }

  /** A limit was reached; trying again later may work. */
  public static final class ResourceExhausted extends DomainException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    public ResourceExhausted(String message) {
      super(message);
      this.retryAfter = null;
    }

    /** With a hint to the caller how long to wait. */
    public ResourceExhausted(String message, Duration retryAfter) {
      super(message);
      this.retryAfter = retryAfter;
    }

    /** How long the caller should wait, where that is known. */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }
  }

  /** Somebody else was faster: a lease was lost or a version is stale. */
  public static final class Aborted extends DomainException {
    private static final long serialVersionUID = 1L;

    public Aborted(String message) {
      super(message);
    }
  }

  /** Something that the request needs does not answer now. */
  public static final class Unavailable extends DomainException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }
  }

  /** The caller has not said, or not proved, who they are. */
  public static final class Unauthenticated extends DomainException {
    private static final long serialVersionUID = 1L;

    public Unauthenticated(String message) {
      super(message);
    }
  }

  /** The caller may not do this. */
  public static final class PermissionDenied extends DomainException {
    private static final long serialVersionUID = 1L;

    public PermissionDenied(String message) {
      super(message);
    }
  }
}
