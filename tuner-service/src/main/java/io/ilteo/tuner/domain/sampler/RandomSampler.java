package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.random.RandomGenerator;

/** Draws uniformly on each parameter's scale, again and again until the constraints hold. */
public final class RandomSampler implements Sampler {
  private static final int MAX_DRAWS = 10_000;

  @Override
  public Configuration suggest(SearchSpace space, long seed, int number, History history) {
    RandomGenerator random = TrialRandom.of(seed, number);
    for (int draw = 0; draw < MAX_DRAWS; draw++) {
      double[] unit = random.doubles(space.parameters().size()).toArray();
      Configuration configuration = space.fromUnit(unit);
      if (space.admits(configuration)) {
        return configuration;
      }
    }
    throw new IllegalArgumentException(
        "no admissible configuration in " + MAX_DRAWS + " draws; loosen the constraints");
  }
}
