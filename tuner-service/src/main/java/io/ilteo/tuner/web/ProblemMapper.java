package io.ilteo.tuner.web;

import io.ilteo.servicekit.error.DomainException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Domain errors as problem JSON (RFC 9457). */
@Provider
public class ProblemMapper implements ExceptionMapper<DomainException> {
  @Override
  public Response toResponse(DomainException failure) {
    int status =
        switch (failure) {
          case DomainException.InvalidArgument e -> 400;
          case DomainException.Unauthenticated e -> 401;
          case DomainException.PermissionDenied e -> 403;
          case DomainException.NotFound e -> 404;
          case DomainException.AlreadyExists e -> 409;
          case DomainException.FailedPrecondition e -> 409;
          case DomainException.Aborted e -> 409;
          case DomainException.ResourceExhausted e -> 429;
          case DomainException.Unavailable e -> 503;
        };
    return Problems.answer(
        status, failure.getClass().getSimpleName(), String.valueOf(failure.getMessage()));
  }
}
