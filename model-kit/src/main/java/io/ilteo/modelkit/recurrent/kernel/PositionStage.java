package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Adds sines and cosines of a step's distance from the end (Vaswani et al. 2017, section 3.5), so
 * that attention can tell last year from the year before.
 */
public final class PositionStage implements Stage {
  private static final double BASE = 10_000;

  private final int width;
  private final Scratch outputScratch = new Scratch();

  /** Positions for rows of {@code width}. */
  public PositionStage(int width) {
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public MemorySegment forward(Pass pass, MemorySegment x) {
    MemorySegment output = outputScratch.atLeast((long) pass.rows() * width);
    for (int t = 0; t < pass.steps(); t++) {
      float[] encoding = encoding(pass.steps() - 1 - t);
      for (int b = 0; b < pass.batch(); b++) {
        long at = ((long) t * pass.batch() + b) * width;
        for (int i = 0; i < width; i++) {
          Loops.put(output, at + i, Loops.at(x, at + i) + encoding[i]);
        }
      }
    }
    return output;
  }

  private float[] encoding(int distance) {
    float[] encoding = new float[width];
    for (int i = 0; i < width; i++) {
      double angle = distance / StrictMath.pow(BASE, (i - i % 2) / (double) width);
      // StrictMath, so that every machine adds the same bits.
      encoding[i] = (float) (i % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
    }
    return encoding;
  }

  @Override
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    return gradient;
  }
}
