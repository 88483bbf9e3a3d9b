package io.ilteo.tuner.domain.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.sampler.History;
import io.ilteo.tuner.domain.sampler.Sampler;
import io.ilteo.tuner.domain.sampler.Samplers;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.Domain.DoubleDomain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.Scale;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnalysisTest {
  private static final SearchSpace SPACE =
      new SearchSpace(
          List.of(
              ParameterSpec.of("weak", new DoubleDomain(0, 1, Scale.LINEAR, 0)),
              ParameterSpec.of("strong", new DoubleDomain(0, 1, Scale.LINEAR, 0)),
              ParameterSpec.of("idle", new DoubleDomain(0, 1, Scale.LINEAR, 0))),
          List.of());

  @ParameterizedTest
  @ValueSource(strings = {"ped_anova", "fanova"})
  void importanceOrdersParametersByWhatTheyDo(String method) {
    Map<String, Double> shares = Importance.of(SPACE, trials("sobol", 300), 0, method);
    assertThat(shares.keySet()).first().isEqualTo("strong");
    assertThat(shares.get("strong")).isGreaterThan(0.6);
    assertThat(shares.get("idle")).isLessThan(0.15);
    assertThat(shares.values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void regretBoundFallsAsTheSearchCloses() {
    List<FinishedTrial> trials = trials("gp", 40);
    double early = new RegretBound().after(SPACE, trials.subList(0, 12), 0).orElseThrow();
    double late = new RegretBound().after(SPACE, trials, 0).orElseThrow();
    assertThat(late).isBetween(0.0, early);
    assertThat(new RegretBound().after(SPACE, trials.subList(0, 9), 0)).isEmpty();
  }

  @Test
  void distributionEndsAtOneAndKeepsItsEndsWhenThinned() {
    double[] values = {3, 1, 2, 2, Double.NaN};
    assertThat(Distribution.of(values, 10))
        .containsExactly(
            new Distribution.Step(1, 0.25),
            new Distribution.Step(2, 0.75),
            new Distribution.Step(3, 1));
    assertThat(Distribution.of(values, 2)).hasSize(2).last().extracting("share").isEqualTo(1.0);
  }

  @Test
  void downSamplingKeepsEndsOrderAndTheSpike() {
    double[] x = new double[1_000];
    double[] y = new double[1_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    y[617] = 5;
    for (int points : new int[] {2, 3, 50, 999}) {
      int[] kept = Lttb.select(x, y, points);
      assertThat(kept).hasSize(points).startsWith(0).endsWith(999).isSorted();
    }
    assertThat(Lttb.select(x, y, 50)).contains(617);
    assertThat(Lttb.select(x, y, 1_000)).hasSize(1_000);
  }

  private static List<FinishedTrial> trials(String name, int count) {
    Sampler sampler = Samplers.named(name, Map.of());
    List<FinishedTrial> trials = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      Configuration c = sampler.suggest(SPACE, 1, number, new History(trials, List.of()));
      double strong = ((DoubleValue) c.require("strong")).value() - 0.3;
      double weak = ((DoubleValue) c.require("weak")).value() - 0.6;
      trials.add(new FinishedTrial(number, c, List.of(strong * strong + 0.2 * weak * weak), 0));
    }
    return trials;
  }
}
