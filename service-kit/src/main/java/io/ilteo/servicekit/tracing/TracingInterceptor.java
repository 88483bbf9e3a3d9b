package io.ilteo.servicekit.tracing;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import org.jspecify.annotations.Nullable;

/** Makes every call a span, in the trace that the caller's metadata names. */
@GlobalInterceptor
@ApplicationScoped
public class TracingInterceptor implements ServerInterceptor, Prioritized {
  private final @Nullable ServerInterceptor spans;

  TracingInterceptor(Traces traces) {
    spans = traces.isOn() ? traces.grpc().newServerInterceptor() : null;
  }

  /** Outside all others, so that a refusal is seen as well. */
  @Override
  public int getPriority() {
    return 10_000;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return spans == null ? next.startCall(call, headers) : spans.interceptCall(call, headers, next);
  }
}
