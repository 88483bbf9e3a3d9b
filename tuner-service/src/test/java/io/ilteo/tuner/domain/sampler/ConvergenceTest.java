package io.ilteo.tuner.domain.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.tuner.bench.AnalyticFunction;
import io.ilteo.tuner.bench.RegretBench;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Samplers find more than chance, in k of n seeds. */
class ConvergenceTest {
  private static final int SEEDS = 10;

  @ParameterizedTest
  @CsvSource({
    "tpe, BRANIN, 8",
    "tpe, HARTMANN6, 9",
    "tpe, ROSENBROCK4, 9",
    "tpe, LEVY6, 9",
    "cmaes, ROSENBROCK4, 8",
    "cmaes, LEVY6, 8",
    "nsga2, LEVY6, 6"
  })
  void samplerBeatsRandomAfter100Evaluations(String name, AnalyticFunction function, int least) {
    assertThat(wins(name, "random", function, SEEDS)).isGreaterThanOrEqualTo(least);
  }

  @ParameterizedTest
  @CsvSource({"BRANIN, 3", "ROSENBROCK4, 2"})
  void gpBeatsTpeOnSmoothFunctions(AnalyticFunction function, int least) {
    assertThat(wins("gp", "tpe", function, 3)).isGreaterThanOrEqualTo(least);
  }

  private static int wins(String name, String other, AnalyticFunction function, int seeds) {
    int wins = 0;
    for (long seed = 100; seed < 100 + seeds; seed++) {
      double mine = last(RegretBench.bestSoFar(Samplers.named(name, Map.of()), function, seed));
      double theirs = last(RegretBench.bestSoFar(Samplers.named(other, Map.of()), function, seed));
      wins += mine < theirs ? 1 : 0;
    }
    return wins;
  }

  private static double last(double[] values) {
    return values[values.length - 1];
  }
}
