package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam and AdamW over the flat vector of parameters (Kingma and Ba 2015; Loshchilov and Hutter
 * 2019), with the gradient's length limited.
 */
public final class Adam {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;

  private final Parameters parameters;
  private final double l2;
  private final double decay;
  private final double clipNorm;
  private final List<Range> ranges;
  private final MemorySegment moments;
  private long step;

  /** Neighbouring parameters that are treated alike. */
  private record Range(long from, long to, boolean decays) {}

  /**
   * An optimiser at rest.
   *
   * @param l2 coupled penalty
   * @param decay decoupled weight decay
   * @param clipNorm longest gradient, 0 for any
   */
  public Adam(Parameters parameters, double l2, double decay, double clipNorm) {
    this.parameters = parameters;
    this.l2 = l2;
    this.decay = decay;
    this.clipNorm = clipNorm;
    this.ranges = ranges(parameters.blocks());
    this.moments = Scratch.allocate(2 * parameters.size());
  }

  private static List<Range> ranges(List<Block> blocks) {
    List<Range> ranges = new ArrayList<>();
    for (Block block : blocks) {
      long end = block.from() + block.size();
      if (!ranges.isEmpty() && ranges.getLast().decays() == block.decays()) {
        ranges.set(ranges.size() - 1, new Range(ranges.getLast().from(), end, block.decays()));
      } else {
        ranges.add(new Range(block.from(), end, block.decays()));
      }
    }
    return ranges;
  }

  /** Steps taken. */
  public long step() {
    return step;
  }

  /** First moments, then second ones: twice as many as there are parameters. */
  public MemorySegment moments() {
    return moments;
  }

  /** Goes on after {@code steps} steps, with {@link #moments} as they were. */
  public void resume(long steps) {
    step = steps;
  }

  /** Moves the parameters against their gradients. */
  public void step(double rate) {
    step++;
    long size = parameters.size();
    MemorySegment gradients = parameters.gradients();
    float scale = (float) scale(gradients, size);
    MemorySegment first = moments.asSlice(0, size * Float.BYTES);
    MemorySegment second = moments.asSlice(size * Float.BYTES);
    for (Range range : ranges) {
      Loops.BEST.adam(
          parameters.values(),
          gradients,
          first,
          second,
          range.from(),
          Math.toIntExact(range.to() - range.from()),
          new AdamStep(
              (float) rate,
              scale,
              range.decays() ? (float) l2 : 0f,
              range.decays() ? (float) decay : 0f,
              (float) BETA_1,
              (float) BETA_2,
              (float) (1 / (1 - StrictMath.pow(BETA_1, step))),
              (float) (1 / Math.sqrt(1 - StrictMath.pow(BETA_2, step)))));
    }
  }

  private double scale(MemorySegment gradients, long size) {
    if (clipNorm == 0) {
      return 1;
    }
    double norm = Math.sqrt(Reductions.BEST.dot(gradients, 0, gradients, 0, Math.toIntExact(size)));
    return norm > clipNorm ? clipNorm / norm : 1;
  }
}
