package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import java.lang.foreign.MemorySegment;

/**
 * A layer of gated recurrent units that reset after the recurrent product, fused.
 *
 * <pre>
 * r = σ(x W_r + h' R_r + b_r),  u = σ(x W_u + h' R_u + b_u)
 * q = h' R_n + c,  n = tanh(x W_n + r ∘ q + b_n)
 * h = (1 − u) ∘ n + u ∘ h'              (Cho et al. 2014, with the reset of cuDNN's variant)
 * </pre>
 *
 * Columns are r u n; the bias is b_r b_u b_n c.
 */
public final class GruStage extends RecurrentStage {
  private static final int GATES = 3;

  private final Scratch recurrentScratch = new Scratch();
  private final Scratch candidateScratch = new Scratch();
  // ∂L/∂(h' R) differs from ∂L/∂(x W) in the block of n only.
  private final Scratch recurrentGradientScratch = new Scratch();
  private final WeightMatrix recurrence;
  private MemorySegment recurrent = MemorySegment.NULL;
  private MemorySegment candidate = MemorySegment.NULL;
  private MemorySegment recurrentGradient = MemorySegment.NULL;

  /** As {@link LstmStage#LstmStage}. */
  public GruStage(
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
        (GATES + 1) * units,
        new Initialisation.Constant(0),
        firstWeights,
        recurrentDropout,
        number);
    recurrence = new WeightMatrix(parameters, recurrentWeights);
  }

  @Override
  void beginStates(Pass pass) {
    recurrent = recurrentScratch.atLeast((long) pass.batch() * GATES * units);
    candidate = candidateScratch.atLeast(pass.rows() * (long) units);
  }

  @Override
  void step(Pass pass, int t, boolean recurring) {
    int width = GATES * units;
    MemorySegment values = parameters.values();
    if (recurring) {
      recurrence.multiply(pass.batch(), previous(pass, t), Rows.of(recurrent, width));
    } else {
      Columns.clear(recurrent, 0, (long) pass.batch() * width);
    }
    long size = (long) pass.batch() * units;
    long b = bias.from();
    for (int row = 0; row < pass.batch(); row++) {
      long gate = ((long) pass.batch() * t + row) * width;
      long from = (long) row * width;
      long at = size * t + (long) row * units;
      LOOPS.sigmoidOfSum(gates, gate, recurrent, from, values, b, 2 * units);
      Columns.copy(recurrent, from + 2L * units, candidate, at, units);
      LOOPS.gruCandidate(
          gates, gate, units, candidate, at, values, b + 2L * units, hidden, at, at + size, units);
    }
  }

  @Override
  void beginBackward(Pass pass) {
    recurrentGradient = recurrentGradientScratch.atLeast(pass.rows() * (long) GATES * units);
  }

  @Override
  void clearRow(Pass pass, int t, int row) {
    long at = ((long) pass.batch() * t + row) * GATES * units;
    Columns.clear(gates, at, GATES * units);
    Columns.clear(recurrentGradient, at, GATES * units);
  }

  @Override
  void backRow(
      Pass pass, int t, int row, MemorySegment dh, long from, MemorySegment carried, long to) {
    long gate = ((long) pass.batch() * t + row) * GATES * units;
    LOOPS.gruMixBack(gates, gate, units, hidden, from, dh, from, carried, to, units);
    LOOPS.gruResetBack(gates, gate, units, candidate, from, units);
    Columns.copy(gates, gate, recurrentGradient, gate, 2L * units);
    Columns.copy(candidate, from, recurrentGradient, gate + 2L * units, units);
  }

  @Override
  void recurrenceBack(Pass pass, int t, boolean adding, Rows target) {
    int width = GATES * units;
    Rows dz = new Rows(recurrentGradient, (long) pass.batch() * t * width, width);
    recurrence.multiplyTransposed(pass.batch(), dz, adding, target);
  }

  @Override
  void biasGradients(Pass pass) {
    int width = GATES * units;
    MemorySegment gradients = parameters.gradients();
    Columns.sum(gates, pass.rows(), width, gradients, bias.from());
    Columns.clear(gradients, bias.from() + width, units);
    for (int row = 0; row < pass.rows(); row++) {
      long from = (long) row * width + 2L * units;
      LOOPS.add(recurrentGradient, from, gradients, bias.from() + width, units);
    }
  }

  @Override
  void recurrentGradients(Pass pass, int first) {
    recurrentGradients(pass, first, recurrence, recurrentGradient);
  }
}
