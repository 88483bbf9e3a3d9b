package io.ilteo.tuner.bench;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.Domain.DoubleDomain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.Scale;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * Test functions to minimise, on the domains that are usual in the literature.
 *
 * <p>TPE's default widths were chosen on {@link #TUNED}; {@link #HELD_OUT} had no part in that.
 * Their boxes are off centre (Hedar 2005) where the minimum would else lie in the very middle,
 * which a sampler could find by its prior alone.
 */
public enum AnalyticFunction {
  /** Dixon and Szegő 1978: three global minima. */
  BRANIN(2, 0.397887) {
    @Override
    double value(double[] x) {
      double b = 5.1 / (4 * Math.PI * Math.PI);
      double valley = x[1] - b * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
      return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10;
    }

    @Override
    double min(int k) {
      return k == 0 ? -5 : 0;
    }

    @Override
    double max(int k) {
      return k == 0 ? 10 : 15;
    }
  },
  /** Dixon and Szegő 1978: six local minima in six dimensions. */
  HARTMANN6(6, -3.32237) {
    private static final double[] ALPHA = {1, 1.2, 3, 3.2};
    private static final double[][] A = {
      {10, 3, 17, 3.5, 1.7, 8},
      {0.05, 10, 17, 0.1, 8, 14},
      {3, 3.5, 1.7, 10, 17, 8},
      {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] P = {
      {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
      {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
      {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
      {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    @Override
    double value(double[] x) {
      double sum = 0;
      for (int i = 0; i < ALPHA.length; i++) {
        double exponent = 0;
        for (int k = 0; k < x.length; k++) {
          exponent += A[i][k] * (x[k] - P[i][k]) * (x[k] - P[i][k]);
        }
        sum -= ALPHA[i] * Math.exp(-exponent);
      }
      return sum;
    }

    @Override
    double min(int k) {
      return 0;
    }

    @Override
    double max(int k) {
      return 1;
    }
  },
  /** Rosenbrock 1960: a narrow curved valley. */
  ROSENBROCK4(4, 0) {
    @Override
    double value(double[] x) {
      double sum = 0;
      for (int k = 0; k + 1 < x.length; k++) {
        double valley = x[k + 1] - x[k] * x[k];
        sum += 100 * valley * valley + (1 - x[k]) * (1 - x[k]);
      }
      return sum;
    }

    @Override
    double min(int k) {
      return -5;
    }

    @Override
    double max(int k) {
      return 10;
    }
  },
  /** Levy and Montalvo 1985, as the peers' benchmark has it: many local minima. */
  LEVY6(6, 0) {
    @Override
    double value(double[] x) {
      double first = Math.sin(Math.PI * (1 + (x[0] - 1) / 4));
      double sum = first * first;
      for (int k = 0; k + 1 < x.length; k++) {
        double w = 1 + (x[k] - 1) / 4;
        double ripple = Math.sin(Math.PI * w + 1);
        sum += (w - 1) * (w - 1) * (1 + 10 * ripple * ripple);
      }
      double last = 1 + (x[x.length - 1] - 1) / 4;
      double ripple = Math.sin(2 * Math.PI * last);
      return sum + (last - 1) * (last - 1) * (1 + ripple * ripple);
    }

    @Override
    double min(int k) {
      return -10;
    }

    @Override
    double max(int k) {
      return 10;
    }
  },
  /** Ackley 1987: a funnel under ripples. */
  ACKLEY5(5, 0) {
    @Override
    double value(double[] x) {
      double squares = 0;
      double waves = 0;
      for (double v : x) {
        squares += v * v / x.length;
        waves += Math.cos(2 * Math.PI * v) / x.length;
      }
      return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(waves) + 20 + Math.E;
    }

    @Override
    double min(int k) {
      return -15;
    }

    @Override
    double max(int k) {
      return 30;
    }
  },
  /** Rastrigin 1974: a bowl under ripples, a local minimum at every integer point. */
  RASTRIGIN3(3, 0) {
    @Override
    double value(double[] x) {
      double sum = 10.0 * x.length;
      for (double v : x) {
        sum += v * v - 10 * Math.cos(2 * Math.PI * v);
      }
      return sum;
    }

    @Override
    double min(int k) {
      return -2.56;
    }

    @Override
    double max(int k) {
      return 5.12;
    }
  },
  /** Michalewicz 1992, steepness 10: narrow valleys, flat elsewhere. */
  MICHALEWICZ4(4, -3.69885709847) {
    @Override
    double value(double[] x) {
      double sum = 0;
      for (int k = 0; k < x.length; k++) {
        sum -= Math.sin(x[k]) * Math.pow(Math.sin((k + 1) * x[k] * x[k] / Math.PI), 20);
      }
      return sum;
    }

    @Override
    double min(int k) {
      return 0;
    }

    @Override
    double max(int k) {
      return Math.PI;
    }
  },
  /** Styblinski and Tang 1990: 32 local minima. */
  STYBLINSKI_TANG5(5, -195.83082851885) {
    @Override
    double value(double[] x) {
      double sum = 0;
      for (double v : x) {
        sum += (Math.pow(v, 4) - 16 * v * v + 5 * v) / 2;
      }
      return sum;
    }

    @Override
    double min(int k) {
      return -5;
    }

    @Override
    double max(int k) {
      return 5;
    }
  };

  /** Functions on which defaults were chosen. */
  public static final List<AnalyticFunction> TUNED = List.of(BRANIN, HARTMANN6, ROSENBROCK4, LEVY6);

  /** Functions on which nothing was chosen. */
  public static final List<AnalyticFunction> HELD_OUT =
      List.of(ACKLEY5, RASTRIGIN3, MICHALEWICZ4, STYBLINSKI_TANG5);

  private final int dimensions;
  private final double minimum;
  private final SearchSpace space;

  AnalyticFunction(int dimensions, double minimum) {
    this.dimensions = dimensions;
    this.minimum = minimum;
    List<ParameterSpec> specs = new ArrayList<>();
    for (int k = 0; k < dimensions; k++) {
      specs.add(ParameterSpec.of("x" + k, new DoubleDomain(min(k), max(k), Scale.LINEAR, 0)));
    }
    this.space = new SearchSpace(specs, List.of());
  }

  abstract double value(double[] x);

  abstract double min(int k);

  abstract double max(int k);

  /** Where it is searched: doubles {@code x0}, {@code x1}, … */
  public SearchSpace space() {
    return space;
  }

  /** How far the value at {@code configuration} lies above the global minimum; at least 0. */
  public double regret(Configuration configuration) {
    double[] x = new double[dimensions];
    for (int k = 0; k < dimensions; k++) {
      x[k] = ((DoubleValue) configuration.require("x" + k)).value();
    }
    return value(x) - minimum;
  }
}
