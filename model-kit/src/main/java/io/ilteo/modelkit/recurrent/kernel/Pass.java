package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * What every stage of one pass through a network shares.
 *
 * @param batch persons, B
 * @param steps steps of a sequence, T; 1 where there is no time axis (any more)
 * @param mask [T·B], 1 observed, 0 not; null if all are observed
 * @param training whether to drop
 * @param seed seeds what is dropped; each stage mixes its own number in
 */
public record Pass(
    int batch, int steps, @Nullable MemorySegment mask, boolean training, long seed) {
  /** Rows of a sequence matrix. */
  public int rows() {
    return batch * steps;
  }

  /** The same pass after the time axis has been pooled away. */
  public Pass pooled() {
    return new Pass(batch, 1, null, training, seed);
  }
}
