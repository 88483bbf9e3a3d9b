package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Settings;
import java.math.BigInteger;
import java.util.random.RandomGenerator;

/**
 * Halton's low-discrepancy sequence (Halton 1960), each digit scrambled by a permutation from the
 * study's seed (Owen 2017, "A randomized Halton algorithm in R"): trial n gets point n.
 *
 * <p>Dimension k uses the k-th prime b: u = Σⱼ π_{k,j}(dⱼ(n)) b^(−j−1), dⱼ the digits of n in base
 * b.
 */
final class HaltonSampler implements Sampler {
  // Digits beyond this place change a double no more.
  private static final double LEAST_PLACE = 0x1p-53;

  private final boolean scrambled;
  private final Sampler otherwise = new RandomSampler();

  HaltonSampler(Settings settings) {
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
    double[] unit = new double[dimensions];
    BigInteger base = BigInteger.ONE;
    for (int k = 0; k < dimensions; k++) {
      base = base.nextProbablePrime();
      unit[k] = radicalInverse(number, base.intValueExact(), TrialRandom.of(seed, -1 - k));
    }
    return unit;
  }

  private double radicalInverse(int number, int base, RandomGenerator random) {
    double inverse = 0;
    int rest = number;
    for (double place = 1.0 / base; place > LEAST_PLACE && (scrambled || rest > 0); place /= base) {
      int digit = rest % base;
      inverse += place * (scrambled ? permutation(base, random)[digit] : digit);
      rest /= base;
    }
    return Math.min(inverse, Math.nextDown(1.0));
  }

  private static int[] permutation(int size, RandomGenerator random) {
    int[] permutation = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
    return permutation;
  }
}
