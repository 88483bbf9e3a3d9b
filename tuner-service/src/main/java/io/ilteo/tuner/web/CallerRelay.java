package io.ilteo.tuner.web;

import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.ilteo.servicekit.security.Caller;
import io.ilteo.servicekit.security.Role;
import java.nio.charset.StandardCharsets;

/**
 * Tells the services behind {@link Gateway} who asked, so that audit events name the person at the
 * browser. The header exists only on the channel within this process; HttpGuard has let it in.
 */
final class CallerRelay implements ServerInterceptor {
  private static final Metadata.Key<byte[]> CALLER =
      Metadata.Key.of("ilteo-caller-bin", Metadata.BINARY_BYTE_MARSHALLER);

  static Metadata headers(Caller caller) {
    Metadata headers = new Metadata();
    String text = caller.role() + " " + caller.name();
    headers.put(CALLER, text.getBytes(StandardCharsets.UTF_8));
    return headers;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    byte[] bytes = headers.get(CALLER);
    if (bytes == null) {
      return next.startCall(call, headers);
    }
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 2);
    Caller caller = new Caller(parts[1], Role.valueOf(parts[0]));
    return Contexts.interceptCall(caller.context(), call, headers, next);
  }
}
