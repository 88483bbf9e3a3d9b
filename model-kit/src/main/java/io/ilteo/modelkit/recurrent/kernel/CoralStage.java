package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;
import java.lang.foreign.MemorySegment;

/** y_k = x · w + b_k: one score against several thresholds (Cao et al. 2020). */
public final class CoralStage implements Stage {
  private final Parameters parameters;
  private final int inputs;
  private final int outputs;
  private final WeightMatrix weights;
  private final Block thresholds;
  private final Scratch scoreScratch = new Scratch();
  private final Scratch outputScratch = new Scratch();
  private final Scratch sumScratch = new Scratch();
  private final Scratch gradientScratch = new Scratch();
  private MemorySegment input = MemorySegment.NULL;

  /** A score of {@code inputs} values against {@code outputs} thresholds. */
  public CoralStage(String name, Parameters parameters, int inputs, int outputs) {
    this.parameters = parameters;
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights =
        new WeightMatrix(
            parameters, parameters.weights(name + ".W", inputs, 1, new Initialisation.Glorot(1)));
    this.thresholds = parameters.vector(name + ".b", 1, outputs, new Initialisation.EvenlyRanked());
  }

  @Override
  public int width() {
    return outputs;
  }

  @Override
  public MemorySegment forward(Pass pass, MemorySegment x) {
    int rows = pass.rows();
    input = x;
    MemorySegment values = parameters.values();
    MemorySegment scores = scoreScratch.atLeast(rows);
    weights.multiply(rows, Rows.of(x, inputs), Rows.of(scores, 1));
    MemorySegment output = outputScratch.atLeast((long) rows * outputs);
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < outputs; k++) {
        float threshold = Loops.at(values, thresholds.from() + k);
        Loops.put(output, (long) row * outputs + k, Loops.at(scores, row) + threshold);
      }
    }
    return output;
  }

  @Override
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    int rows = pass.rows();
    MemorySegment gradients = parameters.gradients();
    Columns.sum(gradient, rows, outputs, gradients, thresholds.from());
    MemorySegment sums = sumScratch.atLeast(rows);
    for (int row = 0; row < rows; row++) {
      float sum = 0;
      for (int k = 0; k < outputs; k++) {
        sum += Loops.at(gradient, (long) row * outputs + k);
      }
      Loops.put(sums, row, sum);
    }
    Rows score = Rows.of(sums, 1);
    weights.gradient(rows, Rows.of(input, inputs), score);
    MemorySegment back = gradientScratch.atLeast((long) rows * inputs);
    weights.multiplyTransposed(rows, score, Rows.of(back, inputs));
    return back;
  }
}
