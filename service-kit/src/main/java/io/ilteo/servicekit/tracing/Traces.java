package io.ilteo.servicekit.tracing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;

/** The traces of this process; does nothing unless a collector is configured. */
@Singleton
public class Traces {
  private static final Traces OFF = new Traces();

  private final boolean on;
  private final OpenTelemetry telemetry;

  @Inject
  Traces(TracesConfig config, OpenTelemetry telemetry) {
    this.on = config.isOn();
    this.telemetry = telemetry;
  }

  private Traces() {
    this.on = false;
    this.telemetry = OpenTelemetry.noop();
  }

  /** For code that runs without a server around it. */
  public static Traces off() {
    return OFF;
  }

  boolean isOn() {
    return on;
  }

  GrpcTelemetry grpc() {
    return GrpcTelemetry.create(telemetry);
  }

  /** Makes calls through a channel part of the caller's trace, in this process and the other. */
  public ClientInterceptor calls() {
    return on ? grpc().newClientInterceptor() : new Untraced();
  }

  /**
   * Runs {@code work} as a trace of its own.
   *
   * @param attributes what to find it by, e.g. {@code ilteo.trial}
   */
  public void run(String name, Map<String, String> attributes, Runnable work) {
    if (!on) {
      work.run();
      return;
    }
    var builder = telemetry.getTracer("ilteo").spanBuilder(name).setNoParent();
    attributes.forEach(builder::setAttribute);
    Span span = builder.startSpan();
    try (Scope current = span.makeCurrent()) {
      work.run();
    } catch (RuntimeException failure) {
      span.recordException(failure);
      span.setStatus(StatusCode.ERROR);
      throw failure;
    } finally {
      span.end();
    }
  }

  @Produces
  @Singleton
  static Sampler sampler(TracesConfig config) {
    return RootSampler.of(config.ratio());
  }

  private static final class Untraced implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return next.newCall(method, options);
    }
  }
}
