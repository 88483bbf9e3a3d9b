package io.ilteo.tuner.bench;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a simulated network learns: its loss after t epochs with configuration x is
 *
 * <pre>
 * y(t) = f(x) + max(0.2, 1.2 − f(x))·d(r(x)·t) + o·max(0, r(x)·t − 5) + N(0, 0.004²)
 * </pre>
 *
 * with f(x) what it comes to at best, 0.2 where nothing is better and 1 where it is poor; d a
 * decay; r(x) a speed, which the first two parameters decide as a learning rate does, between a
 * tenth and 1.2 and by a quarter more; o = 0.03 where networks learn too much, else 0.
 *
 * <p>So curves cross, what is fastest is not what is best, and a network too slow for its epochs
 * does not get to f(x).
 */
record LearningTask(SearchSpace space, Function function, Shape shape) {
  private static final double NOISE = 0.004;
  private static final double SLOWEST = 0.1;
  private static final double FASTEST = 1.2;
  private static final int SAMPLE = 4_000;

  /** f(x), of a configuration and its coordinates in the unit cube. */
  @FunctionalInterface
  interface Function {
    double at(Configuration configuration, double[] unit);
  }

  /** How losses fall. */
  enum Shape {
    /** d(t) = e⁻ᵗ: soon at the end. */
    EXPONENTIAL(0),
    /** d(t) = (1 + 4t)^−1.2: improving for long. */
    POWER(0),
    /** Exponentially, and then up. */
    OVERFITTING(0.03);

    private final double rise;

    Shape(double rise) {
      this.rise = rise;
    }

    private double after(double start, double time) {
      double left = this == POWER ? Math.pow(1 + 4 * time, -1.2) : Math.exp(-time);
      return start * left + rise * Math.max(0, time - 5);
    }
  }

  /** Loss after an epoch (1, 2, …) of the training with a seed. */
  double loss(Configuration configuration, int epoch, long seed) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + epoch);
    return expected(configuration, epoch) + NOISE * random.nextGaussian();
  }

  private double expected(Configuration configuration, int epoch) {
    double[] unit = new double[space.parameters().size()];
    for (int k = 0; k < unit.length; k++) {
      ParameterSpec spec = space.parameters().get(k);
      unit[k] = spec.domain().toUnit(configuration.require(spec.name()));
    }
    double end = function.at(configuration, unit);
    double speed = SLOWEST * Math.pow(FASTEST / SLOWEST, unit[0]) * (0.7 + 0.6 * unit[1]);
    return end + shape.after(Math.max(0.2, 1.2 - end), speed * epoch);
  }

  /** The loss that one of {@code n} configurations comes to within so many epochs. */
  double oneIn(int n, int epochs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ParameterSpec> specs = space.parameters();
    double[] least = new double[SAMPLE];
    for (int i = 0; i < SAMPLE; i++) {
      Configuration configuration = space.fromUnit(random.doubles(specs.size()).toArray());
      least[i] = Double.POSITIVE_INFINITY;
      for (int epoch = 1; epoch <= epochs; epoch++) {
        least[i] = Math.min(least[i], expected(configuration, epoch));
      }
    }
    Arrays.sort(least);
    return least[SAMPLE / n];
  }
}
