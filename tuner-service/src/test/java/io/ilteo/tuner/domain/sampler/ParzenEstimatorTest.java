package io.ilteo.tuner.domain.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.Domain.CategoricalDomain;
import io.ilteo.tuner.domain.space.Domain.DoubleDomain;
import io.ilteo.tuner.domain.space.Scale;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParzenEstimatorTest {
  private static final Domain UNIT = new DoubleDomain(0, 1, Scale.LINEAR, 0);
  private static final ParzenEstimator.Bandwidth BANDWIDTH =
      new ParzenEstimator.Bandwidth(0.4, 100, 0.5, 1);

  @Test
  void densityIntegratesToOneOverTheCube() {
    Domain choices = new CategoricalDomain(List.of("p", "q", "r"));
    double[][] centres = {{0.02, 0.5, 0.97, 0.9}, {0.1, 0.8, 0.8, 0.85}, {1 / 6.0, 0.5, 0.5, 0.5}};
    ParzenEstimator density =
        new ParzenEstimator(
            centres, new double[] {1, 2, 1, 0.5}, List.of(UNIT, UNIT, choices), BANDWIDTH);
    int cells = 80;
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      for (int j = 0; j < cells; j++) {
        for (int c = 0; c < 3; c++) {
          double[] x = {(i + 0.5) / cells, (j + 0.5) / cells, (c + 0.5) / 3};
          sum += Math.exp(density.logDensity(x)) / (cells * cells * 3);
        }
      }
    }
    assertThat(sum).isCloseTo(1, within(2e-3));
  }

  @Test
  void samplesFollowTheDensity() {
    ParzenEstimator density =
        new ParzenEstimator(
            new double[][] {{0.1, 0.12, 0.9}}, new double[] {1, 1, 1}, List.of(UNIT), BANDWIDTH);
    Random random = new Random(7);
    int n = 40_000;
    int left = 0;
    for (int i = 0; i < n; i++) {
      left += density.sample(random)[0] < 0.5 ? 1 : 0;
    }
    double expected = 0;
    for (int i = 0; i < 1_000; i++) {
      expected += Math.exp(density.logDensity(new double[] {(i + 0.5) / 2_000})) / 2_000;
    }
    assertThat(left / (double) n).isCloseTo(expected, within(0.01));
  }
}
