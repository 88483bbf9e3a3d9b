package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/** {@link Dropout} between two stages; hands values on as they are when not training. */
public final class DropoutStage implements Stage {
  private final int width;
  private final Dropout dropout;
  private final Scratch scratch = new Scratch();

  /** Drops {@code rate} of rows of {@code width}. */
  public DropoutStage(int width, double rate, int number) {
    this.width = width;
    this.dropout = new Dropout(rate, number);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public MemorySegment forward(Pass pass, MemorySegment input) {
    if (!pass.training() || dropout.rate() == 0) {
      return input;
    }
    int count = pass.rows() * width;
    MemorySegment output = scratch.atLeast(count);
    dropout.apply(pass, input, 0, output, 0, count);
    return output;
  }

  @Override
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    if (pass.training() && dropout.rate() > 0) {
      dropout.apply(pass, gradient, 0, gradient, 0, pass.rows() * width);
    }
    return gradient;
  }
}
