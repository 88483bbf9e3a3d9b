package io.ilteo.kernelbench;

import java.util.Arrays;

/** What benchmarks hold their results to: the same work gives the same bits. */
final class Results {
  private Results() {}

  /**
   * Throws unless {@code actual} are the bits of {@code expected}, and finite.
   *
   * @throws IllegalStateException if they are not
   */
  static void requireSame(float[][] expected, float[][] actual) {
    if (!Arrays.deepEquals(expected, actual)) {
      throw new IllegalStateException("the same work gave another result");
    }
    for (float[] row : actual) {
      for (float value : row) {
        if (!Float.isFinite(value)) {
          throw new IllegalStateException("a result is " + value);
        }
      }
    }
  }
}
