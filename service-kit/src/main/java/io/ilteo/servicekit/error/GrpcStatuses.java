package io.ilteo.servicekit.error;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The one table that maps what went wrong to a gRPC status. */
public final class GrpcStatuses {
  private static final Logger LOG = Logger.getLogger(GrpcStatuses.class);

  private static final Metadata.Key<com.google.rpc.Status> STATUS_DETAILS =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

  /** A service or a database that is away is seldom back within a second. */
  private static final Duration AWAY = Duration.ofSeconds(1);

  private GrpcStatuses() {}

  /**
   * Maps a failure to a status whose description is safe to send.
   *
   * <p>A failure that is not the caller's becomes INTERNAL with an incident number; what happened
   * goes to the log under that number and not over the wire.
   */
  public static Status of(Throwable failure) {
    return switch (failure) {
      case DomainException known -> codeOf(known).toStatus().withDescription(known.getMessage());
      case StatusRuntimeException status -> status.getStatus();
      case StatusException status -> status.getStatus();
      default -> incident(failure);
    };
  }

  /**
   * The failure as gRPC throws it: its status, with a {@code google.rpc.RetryInfo} in the trailers
   * where the caller should wait before trying again.
   */
  public static StatusRuntimeException exceptionOf(Throwable failure) {
    Status status = of(failure);
    Optional<Duration> retryAfter = retryAfter(failure);
    if (retryAfter.isPresent()) {
      Metadata trailers = new Metadata();
      trailers.put(
          STATUS_DETAILS,
          com.google.rpc.Status.newBuilder()
              .setCode(status.getCode().value())
              .setMessage(String.valueOf(status.getDescription()))
              .addDetails(
                  Any.pack(
                      RetryInfo.newBuilder()
                          .setRetryDelay(Durations.fromMillis(retryAfter.get().toMillis()))
                          .build()))
              .build());
      return status.asRuntimeException(trailers);
    }
    return status.asRuntimeException();
  }

  /** How long the caller should wait: as the failure says, or {@link #AWAY} for what is away. */
  private static Optional<Duration> retryAfter(Throwable failure) {
    return switch (failure) {
      case DomainException.ResourceExhausted full -> full.retryAfter();
      case DomainException.Unavailable away -> Optional.of(AWAY);
      default -> Optional.empty();
    };
  }

  private static Status.Code codeOf(DomainException failure) {
    return switch (failure) {
      case DomainException.InvalidArgument e -> Status.Code.INVALID_ARGUMENT;
      case DomainException.NotFound e -> Status.Code.NOT_FOUND;
      case DomainException.AlreadyExists e -> Status.Code.ALREADY_EXISTS;
      case DomainException.FailedPrecondition e -> Status.Code.FAILED_PRECONDITION;
      case DomainException.ResourceExhausted e -> Status.Code.RESOURCE_EXHAUSTED;
      case DomainException.Aborted e -> Status.Code.ABORTED;
      case DomainException.Unavailable e -> Status.Code.UNAVAILABLE;
      case DomainException.Unauthenticated e -> Status.Code.UNAUTHENTICATED;
      case DomainException.PermissionDenied e -> Status.Code.PERMISSION_DENIED;
    };
  }

  private static Status incident(Throwable failure) {
    String number = UUID.randomUUID().toString();
    LOG.errorf(failure, "Incident %s", number);
    return Status.INTERNAL.withDescription(
        "An error of ours, not yours; it is in the server's log as incident " + number + ".");
  }
}
