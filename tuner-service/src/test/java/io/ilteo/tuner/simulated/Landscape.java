package io.ilteo.tuner.simulated;

import static java.lang.Math.PI;
import static java.lang.Math.cos;
import static java.lang.Math.exp;
import static java.lang.Math.sin;

import java.util.Locale;

/**
 * Analytic functions with known minima (Surjanovic and Bingham, Virtual Library of Simulation
 * Experiments), each over {@code x1 … xd} in its usual box.
 */
public enum Landscape {
  BRANIN(2, -5, 15, 0.397887) {
    @Override
    double at(double[] x) {
      double b = x[1] - 5.1 / (4 * PI * PI) * x[0] * x[0] + 5 / PI * x[0] - 6;
      return b * b + 10 * (1 - 1 / (8 * PI)) * cos(x[0]) + 10;
    }
  },
  HARTMANN6(6, 0, 1, -3.32237) {
    @Override
    double at(double[] x) {
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        double inner = 0;
        for (int j = 0; j < 6; j++) {
          inner += HARTMANN_A[i][j] * (x[j] - HARTMANN_P[i][j]) * (x[j] - HARTMANN_P[i][j]);
        }
        sum += HARTMANN_ALPHA[i] * exp(-inner);
      }
      return -sum;
    }
  },
  ROSENBROCK4(4, -5, 10, 0) {
    @Override
    double at(double[] x) {
      double sum = 0;
      for (int i = 0; i + 1 < x.length; i++) {
        double a = x[i + 1] - x[i] * x[i];
        sum += 100 * a * a + (1 - x[i]) * (1 - x[i]);
      }
      return sum;
    }
  },
  LEVY6(6, -10, 10, 0) {
    @Override
    double at(double[] x) {
      int d = x.length;
      double sum = square(sin(PI * w(x[0])));
      for (int i = 0; i + 1 < d; i++) {
        double w = w(x[i]) - 1;
        sum += w * w * (1 + 10 * square(sin(PI * w(x[i]) + 1)));
      }
      double last = w(x[d - 1]) - 1;
      return sum + last * last * (1 + square(sin(2 * PI * w(x[d - 1]))));
    }
  };

  private static final double[] HARTMANN_ALPHA = {1.0, 1.2, 3.0, 3.2};
  private static final double[][] HARTMANN_A = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final double[][] HARTMANN_P = {
    {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
    {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
    {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
    {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
  };

  final int dimensions;
  final double min;
  final double max;
  final double minimum;

  Landscape(int dimensions, double min, double max, double minimum) {
    this.dimensions = dimensions;
    this.min = min;
    this.max = max;
    this.minimum = minimum;
  }

  /** The function at a point of its box. */
  abstract double at(double[] x);

  /** Name of the simulated architecture. */
  String architecture() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double w(double x) {
    return 1 + (x - 1) / 4;
  }

  private static double square(double x) {
    return x * x;
  }
}
