package io.ilteo.modelkit.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConformalIntervalsTest {
  /** Wages whose relative error depends on the wage: what one quantile for all would get wrong. */
  private static double[][] wages(int n, long seed) {
    Random random = new Random(seed);
    double[] predicted = new double[n];
    double[] observed = new double[n];
    for (int i = 0; i < n; i++) {
      predicted[i] = Math.exp(5 + 0.7 * random.nextGaussian());
      double spread = predicted[i] > 250 ? 0.4 : 0.1;
      observed[i] = predicted[i] * Math.exp(spread * random.nextGaussian() + 0.05);
    }
    return new double[][] {predicted, observed};
  }

  @Test
  void coversAsPromisedInEveryBandOfFreshRows() {
    double[][] calibration = wages(8_000, 1);
    double[][] fresh = wages(40_000, 2);
    ConformalIntervals intervals = ConformalIntervals.fit(calibration[0], calibration[1], 5);
    assertThat(intervals.edges()).hasSize(4);
    for (double coverage : ConformalIntervals.COVERAGES) {
      int[] inside = new int[2];
      int[] all = new int[2];
      double top = intervals.edges().getLast();
      for (int i = 0; i < fresh[0].length; i++) {
        int high = fresh[0][i] >= top ? 1 : 0;
        ConformalIntervals.Interval interval = intervals.interval(fresh[0][i], coverage);
        all[high]++;
        if (interval.lower() <= fresh[1][i] && fresh[1][i] <= interval.upper()) {
          inside[high]++;
        }
      }
      assertThat((double) inside[0] / all[0]).isCloseTo(coverage, within(0.02));
      assertThat((double) inside[1] / all[1]).isCloseTo(coverage, within(0.03));
    }
  }

  @Test
  void takesTheFiniteSampleRanks() {
    // Ratios 1 … 39 of one band: (n + 1) · 0.025 = 1, so the 95 % interval is the extremes.
    double[] predicted = new double[39];
    double[] observed = new double[39];
    Arrays.fill(predicted, 1);
    Arrays.setAll(observed, i -> i + 1);
    ConformalIntervals intervals = ConformalIntervals.fit(predicted, observed, 5);
    assertThat(intervals.interval(1, 0.95)).isEqualTo(new ConformalIntervals.Interval(1, 39));
    assertThat(intervals.interval(2, 0.80)).isEqualTo(new ConformalIntervals.Interval(8, 72));
  }

  @Test
  void equalPredictionsShareABand() {
    double[] predicted = new double[1_000];
    Arrays.fill(predicted, 200);
    assertThat(ConformalIntervals.fit(predicted, predicted, 5).edges()).isEmpty();
  }

  @Test
  void comesBackFromJsonAndRefusesOtherCoverages() {
    double[][] rows = wages(1_000, 3);
    ConformalIntervals intervals = ConformalIntervals.fit(rows[0], rows[1], 4);
    assertThat(ConformalIntervals.fromJson(intervals.toJson())).isEqualTo(intervals);
    assertThatThrownBy(() -> intervals.interval(200, 0.9))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("[0.8, 0.95]");
    assertThatThrownBy(() -> ConformalIntervals.fromJson("{")).isInstanceOf(InvalidArgument.class);
  }
}
