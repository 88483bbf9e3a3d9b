package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;
import java.lang.foreign.MemorySegment;

/**
 * The mean of a sequence's rows, weighted by what the network finds in them.
 *
 * <pre>
 * u_t = tanh(h_t W + b),  α = softmax over observed t of u_t · v,  y = Σ α_t h_t
 * </pre>
 *
 * (additive attention, Bahdanau et al. 2015, with a learned query, Yang et al. 2016). A sequence
 * without an observed step gives 0.
 */
public final class AttentionPooling implements Stage {
  private final Parameters parameters;
  private final int width;
  private final WeightMatrix weights;
  private final Block bias;
  private final Block query;
  private final Scratch keyScratch = new Scratch();
  private final Scratch weightScratch = new Scratch();
  private final Scratch outputScratch = new Scratch();
  private final Scratch keyGradientScratch = new Scratch();
  private final Scratch gradientScratch = new Scratch();
  private MemorySegment input = MemorySegment.NULL;
  private MemorySegment keys = MemorySegment.NULL;
  private MemorySegment attention = MemorySegment.NULL;

  /** Pools rows of {@code width}. */
  public AttentionPooling(String name, Parameters parameters, int width) {
    this.parameters = parameters;
    this.width = width;
    this.weights =
        new WeightMatrix(
            parameters,
            parameters.weights(name + ".W", width, width, new Initialisation.Glorot(width)));
    this.bias = parameters.vector(name + ".b", 1, width, new Initialisation.Constant(0));
    this.query = parameters.weights(name + ".v", width, 1, new Initialisation.Glorot(1));
  }

  @Override
  public int width() {
    return width;
  }

  /** α of the last pass: [T·B]. */
  public MemorySegment attention() {
    return attention;
  }

  @Override
  public MemorySegment forward(Pass pass, MemorySegment h) {
    input = h;
    int rows = pass.rows();
    keys = keyScratch.atLeast((long) rows * width);
    attention = weightScratch.atLeast(rows);
    MemorySegment values = parameters.values();
    weights.multiply(rows, Rows.of(h, width), Rows.of(keys, width));
    for (int row = 0; row < rows; row++) {
      long at = (long) row * width;
      Loops.BEST.tanh(keys, at, values, bias.from(), width);
      Loops.put(attention, row, Reductions.BEST.dot(keys, at, values, query.from(), width));
    }
    MemorySegment output = outputScratch.atLeast((long) pass.batch() * width);
    Columns.clear(output, 0, (long) pass.batch() * width);
    for (int b = 0; b < pass.batch(); b++) {
      MaskedSoftmax.apply(attention, b, pass.batch(), pass.steps(), pass.mask(), b);
      for (int row = b; row < rows; row += pass.batch()) {
        float weight = Loops.at(attention, row);
        Loops.BEST.addScaled(weight, h, (long) row * width, output, (long) b * width, width);
      }
    }
    return output;
  }

  @Override
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    int rows = pass.rows();
    MemorySegment values = parameters.values();
    MemorySegment gradients = parameters.gradients();
    MemorySegment keyGradient = keyGradientScratch.atLeast((long) rows * width);
    MemorySegment back = gradientScratch.atLeast((long) rows * width);
    Columns.clear(gradients, query.from(), width);
    Columns.clear(keyGradient, 0, (long) rows * width);
    for (int b = 0; b < pass.batch(); b++) {
      double mean = 0;
      double[] through = new double[pass.steps()];
      for (int t = 0; t < pass.steps(); t++) {
        int row = t * pass.batch() + b;
        through[t] =
            Reductions.BEST.dot(gradient, (long) b * width, input, (long) row * width, width);
        mean += Loops.at(attention, row) * through[t];
      }
      for (int t = 0; t < pass.steps(); t++) {
        int row = t * pass.batch() + b;
        float score = (float) (Loops.at(attention, row) * (through[t] - mean));
        long at = (long) row * width;
        Loops.BEST.addScaled(score, keys, at, gradients, query.from(), width);
        Loops.BEST.addScaled(score, values, query.from(), keyGradient, at, width);
      }
    }
    Loops.BEST.tanhBack(keys, keyGradient, 0, rows * width);
    Rows keyRows = Rows.of(keyGradient, width);
    weights.gradient(rows, Rows.of(input, width), keyRows);
    Columns.sum(keyGradient, rows, width, gradients, bias.from());
    weights.multiplyTransposed(rows, keyRows, Rows.of(back, width));
    for (int row = 0; row < rows; row++) {
      long from = (long) (row % pass.batch()) * width;
      Loops.BEST.addScaled(
          Loops.at(attention, row), gradient, from, back, (long) row * width, width);
    }
    return back;
  }
}
