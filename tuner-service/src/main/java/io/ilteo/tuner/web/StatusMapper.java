package io.ilteo.tuner.web;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Statuses of the services behind {@link Gateway} as problem JSON. */
@Provider
public class StatusMapper implements ExceptionMapper<StatusRuntimeException> {
  @Override
  public Response toResponse(StatusRuntimeException failure) {
    Status status = failure.getStatus();
    String detail = status.getDescription();
    return Problems.answer(
        http(status.getCode()),
        status.getCode().name(),
        detail == null ? "the service answered " + status.getCode() : detail);
  }

  private static int http(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED, FAILED_PRECONDITION -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED, UNKNOWN, INTERNAL, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }
}
