package io.ilteo.tuner.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.proto.tuner.v1.GetParetoFrontResponse;
import io.ilteo.proto.tuner.v1.MetricConstraint;
import io.ilteo.proto.tuner.v1.Point;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.Domain.DoubleDomain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.Scale;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.Tags;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Fronts and volumes of studies of any length. */
class InsightsTest {
  private static final StudyId STUDY = new StudyId(1);

  private static Study study(StudySpec spec) {
    return new Study(
        STUDY,
        "a test",
        StudyState.RUNNING,
        "",
        "",
        Tags.NONE,
        spec,
        new SearchSpace(
            List.of(ParameterSpec.of("x", new DoubleDomain(0, 1, Scale.LINEAR, 0))), List.of()),
        1,
        List.of(
            new Objective("cost", Direction.MINIMIZE, OptionalDouble.empty()),
            new Objective("gain", Direction.MAXIMIZE, OptionalDouble.empty())),
        new Study.Progress(0, 0, 0, 0, 0, 0, 0, 0, 0, OptionalInt.empty(), OptionalDouble.empty()),
        List.of(),
        Optional.empty(),
        1,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty());
  }

  private static Trial trial(int number, double cost, double gain) {
    return new Trial(
        new TrialId(STUDY, number),
        TrialState.COMPLETED,
        TrialOrigin.SAMPLER,
        Configuration.of(Map.of("x", new DoubleValue(0.5))),
        Map.of("cost", cost, "gain", gain),
        List.of(cost, gain),
        1,
        1,
        0,
        "",
        "",
        "",
        0,
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  @Test
  void volumeCountsEveryTrialHoweverManyThereAre() {
    List<Trial> trials = new ArrayList<>();
    for (int n = 1; n <= 20_000; n++) {
      trials.add(trial(n, 1, 0));
    }
    // The reference lies a tenth of the range beyond the worst: at cost 1.1 and gain -0.1.
    trials.add(trial(20_001, 0, 1));
    GetParetoFrontResponse response =
        Insights.paretoFront(study(StudySpec.getDefaultInstance()), trials, 100);

    assertThat(response.getFrontList()).extracting(Point::getTrialNumber).containsExactly(20_001);
    assertThat(response.getHypervolumeCount()).isLessThanOrEqualTo(101);
    var first = response.getHypervolume(0);
    var last = response.getHypervolume(response.getHypervolumeCount() - 1);
    assertThat(first.getHypervolume()).isEqualTo(0.1 * 0.1, within(1e-12));
    assertThat(last.getTrialNumber()).isEqualTo(20_001);
    assertThat(last.getHypervolume()).isEqualTo(1.1 * 1.1, within(1e-12));
  }

  @Test
  void trialsThatBreakAConstraintAreNotOnTheFront() {
    StudySpec spec =
        StudySpec.newBuilder()
            .addMetricConstraints(MetricConstraint.newBuilder().setMetric("gain").setUpperBound(5))
            .build();
    List<Trial> trials = List.of(trial(1, 1, 1), trial(2, 0, 9), trial(3, 2, 4));
    assertThat(Insights.paretoFront(study(spec), trials, 100).getFrontList())
        .extracting(Point::getTrialNumber)
        .containsExactly(1, 3);
  }
}
