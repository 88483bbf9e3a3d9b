package io.ilteo.servicekit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootSamplerTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private static boolean kept(Sampler sampler, Context parent, String name, SpanKind kind) {
    return sampler
            .shouldSample(parent, TRACE, name, kind, Attributes.empty(), List.of())
            .getDecision()
        == SamplingDecision.RECORD_AND_SAMPLE;
  }

  private static Context within(TraceFlags flags) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.create(TRACE, "b7ad6b7169203331", flags, TraceState.getDefault())));
  }

  @Test
  void callsAndTrialsBeginTraces() {
    Sampler all = RootSampler.of(1);
    assertThat(kept(all, Context.root(), "trial", SpanKind.INTERNAL)).isTrue();
    assertThat(kept(all, Context.root(), "ilteo.tuner.v1.StudyService/X", SpanKind.SERVER))
        .isTrue();
    assertThat(kept(all, Context.root(), "SELECT ilteo", SpanKind.CLIENT)).isFalse();
    assertThat(kept(all, Context.root(), "grpc.health.v1.Health/Check", SpanKind.SERVER)).isFalse();
  }

  @Test
  void whatBelongsToATraceFollowsItsRoot() {
    Sampler none = RootSampler.of(0);
    assertThat(kept(none, Context.root(), "trial", SpanKind.INTERNAL)).isFalse();
    assertThat(kept(none, within(TraceFlags.getSampled()), "SELECT ilteo", SpanKind.CLIENT))
        .isTrue();
    Sampler all = RootSampler.of(1);
    assertThat(kept(all, within(TraceFlags.getDefault()), "SELECT ilteo", SpanKind.CLIENT))
        .isFalse();
  }
}
