package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Softmax over the observed ones of some scores; 0 for the others, and if none is observed. */
final class MaskedSoftmax {
  private MaskedSoftmax() {}

  /**
   * In place over {@code count} scores that lie {@code stride} apart.
   *
   * @param maskFrom where the mask of the first score is; the others are {@code stride} apart
   */
  static void apply(
      MemorySegment scores,
      long from,
      int stride,
      int count,
      @Nullable MemorySegment mask,
      long maskFrom) {
    apply(scores, from, stride, count, mask, maskFrom, stride);
  }

  /** As above, with masks {@code maskStride} apart. */
  static void apply(
      MemorySegment scores,
      long from,
      int stride,
      int count,
      @Nullable MemorySegment mask,
      long maskFrom,
      int maskStride) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      if (observed(mask, maskFrom + (long) i * maskStride)) {
        max = Math.max(max, Loops.at(scores, from + (long) i * stride));
      }
    }
    float sum = 0;
    for (int i = 0; i < count; i++) {
      long at = from + (long) i * stride;
      float weight =
          observed(mask, maskFrom + (long) i * maskStride)
              ? Scalars.exp(Loops.at(scores, at) - max)
              : 0f;
      Loops.put(scores, at, weight);
      sum += weight;
    }
    float scale = sum > 0 ? 1f / sum : 0f;
    for (int i = 0; i < count; i++) {
      long at = from + (long) i * stride;
      Loops.put(scores, at, Loops.at(scores, at) * scale);
    }
  }

  private static boolean observed(@Nullable MemorySegment mask, long at) {
    return mask == null || Loops.at(mask, at) != 0f;
  }
}
