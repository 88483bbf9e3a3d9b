package io.ilteo.servicekit.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Which traces begin: those of somebody's call and of a trial.
 *
 * <p>A dispatcher asks the database four times a second whether there is work, and probes ask
 * whether a server lives: each would be a trace of its own that tells nothing.
 */
final class RootSampler implements Sampler {
  private final Sampler kept;

  private RootSampler(double ratio) {
    kept = Sampler.traceIdRatioBased(ratio);
  }

  /** Decides at the root of a trace; what belongs to a trace follows its root. */
  static Sampler of(double ratio) {
    return Sampler.parentBased(new RootSampler(ratio));
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    boolean nobodyAsked = kind == SpanKind.CLIENT || name.startsWith("grpc.");
    return nobodyAsked
        ? SamplingResult.drop()
        : kept.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "calls and trials, " + kept.getDescription();
  }
}
