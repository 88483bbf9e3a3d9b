package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/** Puts the last step's inputs of each sequence behind its pooled state. */
public final class JoinStage {
  private final int states;
  private final int inputs;
  private final Scratch outputScratch = new Scratch();
  private final Scratch gradientScratch = new Scratch();

  /** Joins rows of {@code states} with last rows of {@code inputs}. */
  public JoinStage(int states, int inputs) {
    this.states = states;
    this.inputs = inputs;
  }

  /** Values of a joined row. */
  public int width() {
    return states + inputs;
  }

  /** Joined rows [B × width]. */
  public MemorySegment forward(Pass pass, MemorySegment pooled, MemorySegment sequence) {
    MemorySegment output = outputScratch.atLeast((long) pass.batch() * width());
    for (int b = 0; b < pass.batch(); b++) {
      long to = (long) b * width();
      Columns.copy(pooled, (long) b * states, output, to, states);
      Columns.copy(sequence, last(pass, b), output, to + states, inputs);
    }
    return output;
  }

  private long last(Pass pass, int b) {
    return ((long) (pass.steps() - 1) * pass.batch() + b) * inputs;
  }

  /** ∂L/∂pooled. */
  public MemorySegment first(Pass pass, MemorySegment gradient) {
    MemorySegment back = gradientScratch.atLeast((long) pass.batch() * states);
    for (int b = 0; b < pass.batch(); b++) {
      Columns.copy(gradient, (long) b * width(), back, (long) b * states, states);
    }
    return back;
  }

  /** Adds ∂L/∂(last inputs) to the last rows of {@code sequence}. */
  public void addSecond(Pass pass, MemorySegment gradient, MemorySegment sequence) {
    for (int b = 0; b < pass.batch(); b++) {
      Loops.BEST.add(gradient, (long) b * width() + states, sequence, last(pass, b), inputs);
    }
  }
}
