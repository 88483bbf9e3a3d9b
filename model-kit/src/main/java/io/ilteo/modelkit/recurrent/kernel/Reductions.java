package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Sums over many floats.
 *
 * <p>Element i goes to the partial sum i mod {@value #PARTS}; the halves of these are then added to
 * each other until one is left. {@link VectorReductions} takes the same steps with vectors, so that
 * results agree bit for bit whatever their length.
 */
class Reductions {
  static final int PARTS = 16;

  /** What this machine runs best. */
  static final Reductions BEST = VectorApi.PRESENT ? new VectorReductions() : new Reductions();

  /** Σ x. */
  float sum(MemorySegment x, long from, int count) {
    float[] parts = new float[PARTS];
    for (int i = 0; i < count; i++) {
      parts[i % PARTS] += Loops.at(x, from + i);
    }
    return fold(parts);
  }

  /** Σ x ∘ y. */
  float dot(MemorySegment x, long xFrom, MemorySegment y, long yFrom, int count) {
    float[] parts = new float[PARTS];
    for (int i = 0; i < count; i++) {
      parts[i % PARTS] = Math.fma(Loops.at(x, xFrom + i), Loops.at(y, yFrom + i), parts[i % PARTS]);
    }
    return fold(parts);
  }

  static float fold(float[] parts) {
    for (int half = PARTS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        parts[i] += parts[i + half];
      }
    }
    return parts[0];
  }
}
