package io.ilteo.tuner.domain.sampler;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The stream of random numbers that belongs to one trial of one study. */
public final class TrialRandom {
  // Weyl increment of SplitMix64 (Steele, Lea, Flood 2014): spreads consecutive numbers.
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private TrialRandom() {}

  /** A generator that depends on (seed, number) only. */
  public static RandomGenerator of(long seed, int number) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(mix(seed + GOLDEN_GAMMA * number));
  }

  /** A seed for training that depends on (seed, number) only; never negative. */
  public static long trainingSeed(long seed, int number) {
    return mix(seed ^ mix(number)) >>> 1;
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
