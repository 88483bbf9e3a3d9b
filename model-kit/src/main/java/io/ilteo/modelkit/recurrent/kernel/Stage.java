package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/**
 * One step of a network: a function of a matrix of rows, and its derivative.
 *
 * <p>A stage keeps what {@link #backward} needs of the last {@link #forward}, and owns the memory
 * that it returns until its next pass. Not for use by two threads at once.
 */
public interface Stage {
  /** Values of an output row. */
  int width();

  /** Output rows for {@code input}, a matrix of the pass's rows. */
  MemorySegment forward(Pass pass, MemorySegment input);

  /**
   * ∂L/∂input, and as a side effect ∂L/∂parameters, overwriting what stood there.
   *
   * @param gradient ∂L/∂output; may be overwritten
   */
  MemorySegment backward(Pass pass, MemorySegment gradient);
}
