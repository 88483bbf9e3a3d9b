package io.ilteo.tuner.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pruners save epochs on the way to the same loss. */
class PruningBenchTest {
  private static final int SEEDS = 8;

  @ParameterizedTest
  @CsvSource({
    "ROSENBROCK4, successive_halving, 0.7",
    "ROSENBROCK4, extrapolation, 0.7",
    "NETWORK8, extrapolation, 0.8",
    "HARTMANN6, extrapolation, 0.8"
  })
  void studiesArePrunedToTheirGoalSooner(SimulatedTraining family, String pruner, double share) {
    assertThat(epochs(family, pruner)).isLessThan((int) (share * epochs(family, "none")));
  }

  private static int epochs(SimulatedTraining family, String pruner) {
    int epochs = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      epochs += PruningBench.epochsToGoal(family, "tpe", Map.of(), pruner, Map.of(), seed);
    }
    return epochs;
  }
}
