package io.ilteo.tuner.domain.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.tuner.domain.gp.GaussianProcess.Posterior;
import io.ilteo.tuner.domain.numeric.Cholesky;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianProcessTest {
  private static final double STEP = 1e-6;
  private static final double INCUMBENT = 0.5;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void posteriorGradientsAgreeWithFiniteDifferences(int d) {
    double[][] x = inputs(9, d);
    double[] lengths = new double[d];
    Arrays.setAll(lengths, k -> 0.3 + 0.2 * k);
    GaussianProcess process =
        GaussianProcess.of(
            new Kernel(lengths, 1.3, 1e-3, new boolean[d]), x, values(x), new Cholesky(9));
    double[] at = new Random(5).doubles(d).toArray();
    double[] gradient = new double[d];
    double value = LogExpectedImprovement.at(process.predictWithGradient(at), INCUMBENT, gradient);
    assertThat(value).isFinite();
    for (int k = 0; k < d; k++) {
      double[] up = at.clone();
      double[] down = at.clone();
      up[k] += STEP;
      down[k] -= STEP;
      double slope =
          (LogExpectedImprovement.at(process.predict(up), INCUMBENT, new double[0])
                  - LogExpectedImprovement.at(process.predict(down), INCUMBENT, new double[0]))
              / (2 * STEP);
      assertThat(gradient[k]).isCloseTo(slope, within(1e-3 * (1 + Math.abs(slope))));
    }
  }

  @Test
  void interpolatesWhereThereIsNoNoise() {
    double[][] x = inputs(12, 2);
    double[] y = values(x);
    Kernel kernel = new Kernel(new double[] {0.5, 0.5}, 1, 1e-8, new boolean[2]);
    GaussianProcess process = GaussianProcess.of(kernel, x, y, new Cholesky(12));
    for (int i = 0; i < 12; i++) {
      Posterior posterior = process.predict(x[i]);
      assertThat(posterior.mean()).isCloseTo(y[i], within(1e-4));
      assertThat(posterior.deviation()).isLessThan(1e-3);
    }
  }

  @Test
  void logImprovementMatchesItsIntegralAndStaysFiniteFarOut() {
    for (double z : new double[] {-4, -1.0001, -0.9999, 0, 2}) {
      double integral = 0;
      for (double u = 0; u < 12; u += 1e-3) {
        double v = u + 0.5e-3;
        integral += v * Math.exp(-0.5 * (v - z) * (v - z)) / Math.sqrt(2 * Math.PI) * 1e-3;
      }
      assertThat(LogExpectedImprovement.logH(z)).isCloseTo(Math.log(integral), within(1e-4));
    }
    assertThat(LogExpectedImprovement.logH(-29.99))
        .isCloseTo(LogExpectedImprovement.logH(-30.01), within(0.7));
    assertThat(LogExpectedImprovement.logH(-1e5)).isFinite();
  }

  @Test
  void cachedFactorGivesTheBitsOfAFreshOne() {
    Surrogate warm = new Surrogate();
    double[][] x = inputs(40, 3);
    double[] y = values(x);
    for (int n = 5; n <= 40; n++) {
      double[][] seen = Arrays.copyOf(x, n);
      double[] values = Arrays.copyOf(y, n);
      double cached = warm.of(seen, values, new boolean[3]).predict(x[0]).mean();
      assertThat(cached)
          .isEqualTo(new Surrogate().of(seen, values, new boolean[3]).predict(x[0]).mean());
    }
  }

  static double[][] inputs(int n, int d) {
    Random random = new Random(17);
    double[][] x = new double[n][];
    Arrays.setAll(x, i -> random.doubles(d).toArray());
    return x;
  }

  static double[] values(double[][] x) {
    return Arrays.stream(x)
        .mapToDouble(row -> Math.sin(5 * row[0]) + Arrays.stream(row).sum())
        .toArray();
  }
}
