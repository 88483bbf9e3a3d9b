package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/** The rows of the last step. A masked last step holds what the step before held. */
public final class LastStep implements Stage {
  private final int width;
  private final Scratch gradientScratch = new Scratch();

  /** The last rows of {@code width}. */
  public LastStep(int width) {
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public MemorySegment forward(Pass pass, MemorySegment sequence) {
    long size = (long) pass.batch() * width;
    return sequence.asSlice(size * (pass.steps() - 1) * Float.BYTES, size * Float.BYTES);
  }

  @Override
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    long size = (long) pass.batch() * width;
    long before = size * (pass.steps() - 1);
    MemorySegment back = gradientScratch.atLeast(before + size);
    Columns.clear(back, 0, before);
    Columns.copy(gradient, 0, back, before, size);
    return back;
  }
}
