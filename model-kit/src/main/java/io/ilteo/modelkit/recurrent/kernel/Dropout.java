package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Drops values and scales the others up, so that the mean stays (Srivastava et al. 2014, inverted).
 *
 * <p>What is dropped is a function of the pass's seed, the stage's number and the value's place:
 * the backward pass works it out again instead of keeping it.
 */
final class Dropout {
  private static final int SCALE = 1 << Loops.RANDOM_BITS;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final double rate;
  private final int number;

  Dropout(double rate, int number) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("a dropout rate is in [0, 1), not " + rate);
    }
    this.rate = rate;
    this.number = number;
  }

  double rate() {
    return rate;
  }

  /** y ← what is left of {@code count} values of x; x and y may be the same. */
  void apply(Pass pass, MemorySegment x, long from, MemorySegment y, long to, int count) {
    long mixed = (pass.seed() + number) * MIX;
    int seed = (int) (mixed ^ (mixed >>> Integer.SIZE));
    Loops.BEST.drop(x, from, y, to, 0, seed, (int) (rate * SCALE), (float) (1 / (1 - rate)), count);
  }
}
