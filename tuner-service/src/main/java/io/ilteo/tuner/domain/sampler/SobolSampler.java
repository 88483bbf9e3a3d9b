package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Settings;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * Sobol's low-discrepancy sequence with the direction numbers of Joe and Kuo 2008, scrambled by a
 * digital shift from the study's seed: trial n gets point n.
 *
 * <p>A digital shift keeps the net's equidistribution and makes every point uniform over seeds
 * (L'Ecuyer and Lemieux 2002, section 4). Where constraints refuse the point, the trial draws at
 * random instead, so that other trials keep theirs.
 */
final class SobolSampler implements Sampler {
  // The library's points are multiples of 2⁻⁵².
  private static final int BITS = 52;

  private final boolean scrambled;
  private final Sampler otherwise = new RandomSampler();

  SobolSampler(Settings settings) {
    scrambled = settings.flag("scramble", true);
  }

  @Override
  public Configuration suggest(SearchSpace space, long seed, int number, History history) {
    double[] unit = point(space.parameters().size(), seed, number);
    Configuration configuration = space.fromUnit(unit);
    return space.admits(configuration)
        ? configuration
        : otherwise.suggest(space, seed, number, history);
  }

  /** Point {@code number} (1, 2, …) in [0, 1)^d. */
  double[] point(int dimensions, long seed, int number) {
    double[] unit = new SobolSequenceGenerator(dimensions).skipTo(number - 1);
    if (scrambled) {
      for (int k = 0; k < dimensions; k++) {
        long shift = TrialRandom.of(seed, -1 - k).nextLong() >>> (Long.SIZE - BITS);
        long digits = (long) Math.scalb(unit[k], BITS) ^ shift;
        unit[k] = Math.scalb((double) digits, -BITS);
      }
    }
    return unit;
  }
}
