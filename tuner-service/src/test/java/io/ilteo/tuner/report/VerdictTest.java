package io.ilteo.tuner.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Objective LOSS =
      new Objective("loss", Direction.MINIMIZE, OptionalDouble.empty());

  private static Score baseline(String name, double value, double lower, double upper) {
    return Score.newBuilder()
        .setName(name)
        .addMetrics(
            MetricEstimate.newBuilder()
                .setName("loss")
                .setValue(value)
                .setLower(lower)
                .setUpper(upper))
        .build();
  }

  private static Verdict.Kind kind(double value, Score... baselines) {
    return Verdict.of(LOSS, value, List.of(baselines)).orElseThrow().kind();
  }

  @Test
  void intervalOfTheBestBaselineDecides() {
    Score best = baseline("best", 20, 18, 22);
    Score worse = baseline("worse", 30, 29, 31);
    assertThat(kind(17.9, worse, best)).isEqualTo(Verdict.Kind.BEATS);
    assertThat(kind(18.1, worse, best)).isEqualTo(Verdict.Kind.UNDECIDED);
    assertThat(kind(20.0, worse, best)).isEqualTo(Verdict.Kind.FAILS);
    assertThat(kind(25.0, worse, best)).isEqualTo(Verdict.Kind.FAILS);
  }

  @Test
  void withoutAnIntervalABetterValueIsOnlyAhead() {
    assertThat(kind(1, baseline("bare", 20, 0, 0))).isEqualTo(Verdict.Kind.AHEAD);
    assertThat(kind(21, baseline("bare", 20, 0, 0))).isEqualTo(Verdict.Kind.FAILS);
  }
}
