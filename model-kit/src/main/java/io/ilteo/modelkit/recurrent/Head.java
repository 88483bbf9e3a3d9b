package io.ilteo.modelkit.recurrent;

import io.ilteo.modelkit.recurrent.kernel.CoralStage;
import io.ilteo.modelkit.recurrent.kernel.DenseStage;
import io.ilteo.modelkit.recurrent.kernel.DropoutStage;
import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.Pass;
import io.ilteo.modelkit.recurrent.kernel.Scratch;
import io.ilteo.modelkit.recurrent.kernel.Stage;
import io.ilteo.modelkit.recurrent.loss.HeadLoss;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Dropout, a hidden layer, an output layer, and the loss on it. */
final class Head {
  private final HeadLoss loss;
  private final int inputs;
  private final double weight;
  private final List<Stage> stages;
  private final Scratch gradientScratch = new Scratch();
  private final float[] raw;
  private final float[] gradient;

  /**
   * A head on rows of {@code inputs} values.
   *
   * @param number of its dropout
   */
  Head(HeadSpec spec, Parameters parameters, int inputs, int units, double dropout, int number) {
    this.loss = HeadLoss.of(spec);
    this.inputs = inputs;
    this.weight = spec.lossWeight();
    int outputs = loss.rawOutputs();
    this.raw = new float[outputs];
    this.gradient = new float[outputs];
    this.stages =
        List.of(
            new DropoutStage(inputs, dropout, number),
            new DenseStage(spec.name() + ".hidden", parameters, inputs, units, true),
            spec instanceof HeadSpec.Coral
                ? new CoralStage(spec.name(), parameters, units, outputs)
                : new DenseStage(spec.name(), parameters, units, outputs, false));
  }

  /** Values of a row that the head sees. */
  int inputs() {
    return inputs;
  }

  /** Raw outputs [B × rawOutputs]. */
  MemorySegment forward(Pass pass, MemorySegment seen) {
    MemorySegment rows = seen;
    for (Stage stage : stages) {
      rows = stage.forward(pass, rows);
    }
    return rows;
  }

  /** ∂L/∂seen from ∂L/∂raw. */
  MemorySegment backward(Pass pass, MemorySegment rawGradient) {
    MemorySegment rows = rawGradient;
    for (Stage stage : stages.reversed()) {
      rows = stage.backward(pass, rows);
    }
    return rows;
  }

  /** The weighted mean loss over known targets of head {@code index}, and ∂L/∂raw. */
  Loss loss(SequenceBatch batch, int index, MemorySegment outputs) {
    int width = raw.length;
    MemorySegment gradients = gradientScratch.atLeast((long) batch.size() * width);
    int known = 0;
    for (int row = 0; row < batch.size(); row++) {
      known += Float.isNaN(batch.target(index, row)) ? 0 : 1;
    }
    double factor = known == 0 ? 0 : weight / known;
    double sum = 0;
    for (int row = 0; row < batch.size(); row++) {
      float target = batch.target(index, row);
      boolean counts = !Float.isNaN(target);
      if (counts) {
        load(outputs, row);
        sum += loss.lossAndGradient(target, raw, gradient);
      }
      store(gradients, row, counts ? factor : 0);
    }
    return new Loss(factor * sum, gradients);
  }

  /** What raw outputs mean, [B][outputs]. */
  float[][] read(int size, MemorySegment outputs) {
    float[][] rows = new float[size][];
    for (int row = 0; row < size; row++) {
      load(outputs, row);
      rows[row] = loss.read(raw);
    }
    return rows;
  }

  /** ∂(read output)/∂raw of every row. */
  MemorySegment readGradient(int size, MemorySegment outputs, int output) {
    MemorySegment gradients = gradientScratch.atLeast((long) size * raw.length);
    for (int row = 0; row < size; row++) {
      load(outputs, row);
      loss.readGradient(output, raw, gradient);
      store(gradients, row, 1);
    }
    return gradients;
  }

  private void load(MemorySegment outputs, int row) {
    MemorySegment.copy(
        outputs, ValueLayout.JAVA_FLOAT, (long) row * raw.length * Float.BYTES, raw, 0, raw.length);
  }

  private void store(MemorySegment gradients, int row, double factor) {
    for (int k = 0; k < raw.length; k++) {
      gradients.setAtIndex(
          ValueLayout.JAVA_FLOAT,
          (long) row * raw.length + k,
          factor == 0 ? 0f : (float) (factor * gradient[k]));
    }
  }

  /** A loss and its gradient by the raw outputs. */
  record Loss(double value, MemorySegment gradient) {}
}
