package io.ilteo.tuner.domain.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelFitTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "7, 3", "13, 4"})
  void gradientAgreesWithFiniteDifferences(int n, int d) {
    double[][] x = GaussianProcessTest.inputs(n, d);
    boolean[] unordered = new boolean[d];
    unordered[d - 1] = d > 2;
    KernelFit fit = new KernelFit(x, GaussianProcessTest.values(x), unordered);
    double[] theta = new double[d + 2];
    for (int j = 0; j < theta.length; j++) {
      theta[j] = -0.3 * (j + 1);
    }
    double[] gradient = new double[d + 2];
    fit.loss(theta, gradient);
    for (int j = 0; j < theta.length; j++) {
      double[] up = theta.clone();
      double[] down = theta.clone();
      up[j] += 1e-6;
      down[j] -= 1e-6;
      double slope = (fit.loss(up, new double[d + 2]) - fit.loss(down, new double[d + 2])) / 2e-6;
      assertThat(gradient[j]).isCloseTo(slope, within(1e-4 * (1 + Math.abs(slope))));
    }
  }
}
