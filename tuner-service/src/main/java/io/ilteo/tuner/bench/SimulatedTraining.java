package io.ilteo.tuner.bench;

import io.ilteo.tuner.bench.LearningTask.Shape;
import io.ilteo.tuner.domain.space.Domain.CategoricalDomain;
import io.ilteo.tuner.domain.space.Domain.DoubleDomain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.Scale;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Families of trainings that cost nothing, to compare pruners on. */
public enum SimulatedTraining {
  /** Two parameters, three minima. */
  BRANIN {
    @Override
    LearningTask task(long seed) {
      return analytic(AnalyticFunction.BRANIN, 30, Shape.EXPONENTIAL);
    }
  },
  /** Six parameters, all of which matter; the best network is a slow one. */
  HARTMANN6 {
    @Override
    LearningTask task(long seed) {
      return analytic(AnalyticFunction.HARTMANN6, 3, Shape.EXPONENTIAL);
    }
  },
  /** Another network for each seed: five parameters, few of which matter. */
  NETWORK5 {
    @Override
    LearningTask task(long seed) {
      return network(5, 0, seed, Shape.EXPONENTIAL);
    }
  },
  /** A curved valley, and losses that fall for long. */
  ROSENBROCK4 {
    @Override
    LearningTask task(long seed) {
      return analytic(AnalyticFunction.ROSENBROCK4, 3_000, Shape.POWER);
    }
  },
  /** 32 minima, and networks that learn too much. */
  STYBLINSKI_TANG5 {
    @Override
    LearningTask task(long seed) {
      return analytic(AnalyticFunction.STYBLINSKI_TANG5, 100, Shape.OVERFITTING);
    }
  },
  /** Another network for each seed: eight parameters, two of them choices; losses fall for long. */
  NETWORK8 {
    @Override
    LearningTask task(long seed) {
      return network(6, 2, seed, Shape.POWER);
    }
  };

  /** Families on which defaults were chosen. */
  public static final List<SimulatedTraining> TUNED = List.of(BRANIN, HARTMANN6, NETWORK5);

  /** Families on which nothing was chosen: other functions, other shapes of curves. */
  public static final List<SimulatedTraining> HELD_OUT =
      List.of(ROSENBROCK4, STYBLINSKI_TANG5, NETWORK8);

  private static final int CHOICES = 4;

  /** The task that a search with {@code seed} has. */
  abstract LearningTask task(long seed);

  /** f(x) = 0.2 + log(1 + regret/scale). */
  private static LearningTask analytic(AnalyticFunction function, double scale, Shape shape) {
    return new LearningTask(
        function.space(),
        (configuration, unit) -> 0.2 + Math.log1p(function.regret(configuration) / scale),
        shape);
  }

  /**
   * A sum of valleys and slopes, f(x) = 0.2 + Σₖ wₖ·qₖ(xₖ) + w·(xᵢ − cᵢ)(xⱼ − cⱼ), Σₖ wₖ = 1.
   * Weights are log-normal, so that a few parameters decide; two of five are best at a bound.
   */
  private static LearningTask network(int numbers, int choices, long seed, Shape shape) {
    SplittableRandom random = new SplittableRandom(seed * 31 + numbers);
    int d = numbers + choices;
    double[] weights = new double[d];
    double[] best = new double[d];
    double[][] ofChoices = new double[d][CHOICES];
    double total = 0;
    for (int k = 0; k < d; k++) {
      weights[k] = Math.exp(1.2 * random.nextGaussian());
      total += weights[k];
      double place = random.nextDouble();
      best[k] = place < 0.2 ? 0 : place < 0.4 ? 1 : 0.1 + 0.8 * random.nextDouble();
      for (int c = 0; c < CHOICES; c++) {
        ofChoices[k][c] = random.nextDouble();
      }
    }
    double sum = total;
    double together = 2 * random.nextDouble() - 1;
    int i = random.nextInt(numbers);
    int j = (i + 1 + random.nextInt(numbers - 1)) % numbers;
    LearningTask.Function function =
        (configuration, unit) -> {
          double loss = together * weights[i] / sum * (unit[i] - best[i]) * (unit[j] - best[j]);
          for (int k = 0; k < d; k++) {
            double off = unit[k] - best[k];
            double part =
                k >= numbers
                    ? ofChoices[k][(int) (unit[k] * CHOICES)]
                    : best[k] == 0 || best[k] == 1 ? Math.abs(off) : 4 * off * off;
            loss += weights[k] / sum * part;
          }
          return 0.2 + loss;
        };
    return new LearningTask(space(numbers, choices), function, shape);
  }

  private static SearchSpace space(int numbers, int choices) {
    List<ParameterSpec> specs = new ArrayList<>();
    for (int k = 0; k < numbers; k++) {
      specs.add(ParameterSpec.of("x" + k, new DoubleDomain(0, 1, Scale.LINEAR, 0)));
    }
    for (int k = 0; k < choices; k++) {
      specs.add(ParameterSpec.of("c" + k, new CategoricalDomain(List.of("a", "b", "c", "d"))));
    }
    return new SearchSpace(specs, List.of());
  }
}
