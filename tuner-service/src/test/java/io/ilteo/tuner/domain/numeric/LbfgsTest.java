package io.ilteo.tuner.domain.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {
  @Test
  void findsTheEndOfRosenbrocksValley() {
    Lbfgs.Minimum minimum =
        Lbfgs.minimize(
            LbfgsTest::rosenbrock,
            new double[] {-1.2, 1},
            new double[] {-5, -5},
            new double[] {5, 5},
            200);
    assertThat(minimum.x()).containsExactly(new double[] {1, 1}, within(1e-2));
  }

  @Test
  void staysInTheBoxAndFindsTheMinimumOnItsFace() {
    Lbfgs.Minimum minimum =
        Lbfgs.minimize(
            (x, gradient) -> {
              gradient[0] = 2 * (x[0] - 3);
              gradient[1] = 8 * (x[1] - 0.25);
              return (x[0] - 3) * (x[0] - 3) + 4 * (x[1] - 0.25) * (x[1] - 0.25);
            },
            new double[] {0.5, 0.9},
            new double[] {0, 0},
            new double[] {1, 1},
            50);
    assertThat(minimum.x()).containsExactly(new double[] {1, 0.25}, within(1e-3));
  }

  private static double rosenbrock(double[] x, double[] gradient) {
    double valley = x[1] - x[0] * x[0];
    gradient[0] = -400 * x[0] * valley - 2 * (1 - x[0]);
    gradient[1] = 200 * valley;
    return 100 * valley * valley + (1 - x[0]) * (1 - x[0]);
  }
}
