package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;
import java.lang.foreign.MemorySegment;

/** y = x W + b, or its positive part, for every row. */
public final class DenseStage implements Stage {
  private final Parameters parameters;
  private final int inputs;
  private final int outputs;
  private final boolean relu;
  private final WeightMatrix weights;
  private final Block bias;
  private final Scratch outputScratch = new Scratch();
  private final Scratch gradientScratch = new Scratch();
  private MemorySegment input = MemorySegment.NULL;
  private MemorySegment output = MemorySegment.NULL;

  /** A layer of {@code outputs} on rows of {@code inputs}; {@code relu}: max(·, 0) follows. */
  public DenseStage(String name, Parameters parameters, int inputs, int outputs, boolean relu) {
    this.parameters = parameters;
    this.inputs = inputs;
    this.outputs = outputs;
    this.relu = relu;
    this.weights =
        new WeightMatrix(
            parameters,
            parameters.weights(name + ".W", inputs, outputs, new Initialisation.Glorot(outputs)));
    this.bias = parameters.vector(name + ".b", 1, outputs, new Initialisation.Constant(0));
  }

  @Override
  public int width() {
    return outputs;
  }

  @Override
  public MemorySegment forward(Pass pass, MemorySegment x) {
    int rows = pass.rows();
    input = x;
    output = outputScratch.atLeast((long) rows * outputs);
    MemorySegment values = parameters.values();
    weights.multiply(rows, Rows.of(x, inputs), Rows.of(output, outputs));
    for (int row = 0; row < rows; row++) {
      long at = (long) row * outputs;
      if (relu) {
        Loops.BEST.relu(output, at, values, bias.from(), outputs);
      } else {
        Loops.BEST.add(values, bias.from(), output, at, outputs);
      }
    }
    return output;
  }

  @Override
  public MemorySegment backward(Pass pass, MemorySegment gradient) {
    int rows = pass.rows();
    if (relu) {
      Loops.BEST.reluBack(output, gradient, 0, rows * outputs);
    }
    MemorySegment gradients = parameters.gradients();
    Rows z = Rows.of(gradient, outputs);
    weights.gradient(rows, Rows.of(input, inputs), z);
    Columns.sum(gradient, rows, outputs, gradients, bias.from());
    MemorySegment back = gradientScratch.atLeast((long) rows * inputs);
    weights.multiplyTransposed(rows, z, Rows.of(back, inputs));
    return back;
  }
}
