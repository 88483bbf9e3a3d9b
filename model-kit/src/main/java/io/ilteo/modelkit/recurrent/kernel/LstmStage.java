package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import java.lang.foreign.MemorySegment;

/**
 * A layer of long short-term memory, fused.
 *
 * <pre>
 * z_t = x_t W + h_{t-1} R + b            blocks a f o g of H columns
 * a = tanh z_a, f = σ z_f, o = σ z_o, g = σ z_g
 * c_t = f ∘ c_{t-1} + g ∘ a,  h_t = o ∘ tanh c_t        (Graves 2013, without peepholes)
 * </pre>
 *
 * The order of blocks is that of Deeplearning4j's LSTM.
 */
public final class LstmStage extends RecurrentStage {
  private static final int GATES = 4;

  private final Scratch cellScratch = new Scratch();
  private final Scratch cellTanhScratch = new Scratch();
  private final Scratch cellGradientScratch = new Scratch();
  private final WeightMatrix recurrence;
  private MemorySegment cells = MemorySegment.NULL;
  private MemorySegment cellTanh = MemorySegment.NULL;
  private MemorySegment cellGradient = MemorySegment.NULL;

  /**
   * A layer of {@code units} on {@code inputs} values a step.
   *
   * @param recurrentDropout share of units dropped from the recurrence, [0, 1)
   * @param number the stage's own, for its random numbers
   */
  public LstmStage(
      String name,
      Parameters parameters,
      int inputs,
      int units,
      FirstWeights firstWeights,
      double recurrentDropout,
      int number) {
    super(
        name,
        parameters,
        inputs,
        units,
        GATES,
        GATES * units,
        new Initialisation.ForgetGateOpen(units),
        firstWeights,
        recurrentDropout,
        number);
    recurrence = new WeightMatrix(parameters, recurrentWeights);
  }

  @Override
  void beginStates(Pass pass) {
    cells = begin(pass, cellScratch);
    cellTanh = cellTanhScratch.atLeast(pass.rows() * (long) units);
  }

  @Override
  void step(Pass pass, int t, boolean recurring) {
    int width = GATES * units;
    MemorySegment values = parameters.values();
    if (recurring) {
      recurrence.addProduct(pass.batch(), previous(pass, t), gateRows(pass, t));
    }
    long size = (long) pass.batch() * units;
    long b = bias.from();
    for (int row = 0; row < pass.batch(); row++) {
      long gate = ((long) pass.batch() * t + row) * width;
      long cell = size * t + (long) row * units;
      LOOPS.tanh(gates, gate, values, b, units);
      LOOPS.sigmoid(gates, gate + units, values, b + units, (GATES - 1) * units);
      LOOPS.lstmCell(
          gates, gate, units, cells, cell, cell + size, cellTanh, cell, hidden, cell + size, units);
    }
    hold(pass, t, cells);
  }

  @Override
  void beginBackward(Pass pass) {
    long size = (long) pass.batch() * units;
    cellGradient = cellGradientScratch.atLeast(size);
    cellGradient.asSlice(0, size * Float.BYTES).fill((byte) 0);
  }

  @Override
  void clearRow(Pass pass, int t, int row) {
    Columns.clear(gates, ((long) pass.batch() * t + row) * GATES * units, GATES * units);
  }

  @Override
  void backRow(
      Pass pass, int t, int row, MemorySegment dh, long from, MemorySegment carried, long to) {
    long gate = ((long) pass.batch() * t + row) * GATES * units;
    long dc = (long) row * units;
    LOOPS.lstmOutputBack(gates, gate, units, cellTanh, from, dh, from, cellGradient, dc, units);
    LOOPS.lstmInputBack(gates, gate, units, cells, from, cellTanh, from, units);
    Columns.clear(carried, to, units);
  }

  @Override
  void recurrenceBack(Pass pass, int t, boolean adding, Rows target) {
    recurrence.multiplyTransposed(pass.batch(), gateRows(pass, t), adding, target);
  }

  @Override
  void biasGradients(Pass pass) {
    Columns.sum(gates, pass.rows(), GATES * units, parameters.gradients(), bias.from());
  }

  @Override
  void recurrentGradients(Pass pass, int first) {
    recurrentGradients(pass, first, recurrence, gates);
  }
}
