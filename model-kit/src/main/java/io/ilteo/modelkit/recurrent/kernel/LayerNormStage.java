package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;
import java.lang.foreign.MemorySegment;

/** y = g ∘ (x − mean) / √(variance + ε) + b, over the values of each row (Ba et al. 2016). */
public final class LayerNormStage implements Stage {
  private static final double EPSILON = 1e-5;
  private static final Loops LOOPS = Loops.BEST;

  private final Parameters parameters;
  private final int width;
  private final Block gain;
  private final Block bias;
  private final Scratch outputScratch = new Scratch();
  private final Scratch normalScratch = new Scratch();
  private final Scratch inverseScratch = new Scratch();
  private MemorySegment normal = MemorySegment.NULL;
  private MemorySegment inverse = MemorySegment.NULL;

  /** Normalises rows of {@code width}. */
  public LayerNormStage(String name, Parameters parameters, int width) {
    this.parameters = parameters;
    this.width = width;
    this.gain = parameters.vector(name + ".g", 1, width, new Initialisation.Constant(1));
    this.bias = parameters.vector(name + ".b", 1, width, new Initialisation.Constant(0));
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public MemorySegment forward(Pass pass, MemorySegment x) {
    long size = (long) pass.rows() * width;
    MemorySegment output = outputScratch.atLeast(size);
    normal = normalScratch.atLeast(size);
    inverse = inverseScratch.atLeast(pass.rows());
    MemorySegment values = parameters.values();
    for (int row = 0; row < pass.rows(); row++) {
      long at = (long) row * width;
      float mean = Reductions.BEST.sum(x, at, width) / width;
      LOOPS.scaleAndShift(1f, -mean, x, at, normal, at, width);
      float squares = Reductions.BEST.dot(normal, at, normal, at, width);
      float scale = (float) (1 / Math.sqrt(squares / width + EPSILON));
      Loops.put(inverse, row, scale);
      LOOPS.scaleAndShift(scale, 0f, normal, at, normal, at, width);
      Columns.copy(values, bias.from(), output, at, width);
      LOOPS.addProduct(values, gain.from(), normal, at, output, at, width);
    }
    return output;
  }

  @Override
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    MemorySegment gradients = parameters.gradients();
    Columns.sum(gradient, pass.rows(), width, gradients, bias.from());
    Columns.clear(gradients, gain.from(), width);
    for (int row = 0; row < pass.rows(); row++) {
      long at = (long) row * width;
      LOOPS.addProduct(gradient, at, normal, at, gradients, gain.from(), width);
      LOOPS.product(parameters.values(), gain.from(), gradient, at, gradient, at, width);
      float mean = Reductions.BEST.sum(gradient, at, width) / width;
      float slope = Reductions.BEST.dot(gradient, at, normal, at, width) / width;
      float scale = Loops.at(inverse, row);
      LOOPS.scaleAndShift(scale, -scale * mean, gradient, at, gradient, at, width);
      LOOPS.addScaled(-scale * slope, normal, at, gradient, at, width);
    }
    return gradient;
  }
}
