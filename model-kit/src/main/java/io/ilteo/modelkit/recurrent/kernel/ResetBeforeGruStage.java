package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import java.lang.foreign.MemorySegment;

/**
 * A layer of gated recurrent units that reset before the recurrent product, as first published.
 *
 * <pre>
 * r = σ(x W_r + h' R_r + b_r),  u = σ(x W_u + h' R_u + b_u)
 * n = tanh(x W_n + (r ∘ h') R_n + b_n)
 * h = (1 − u) ∘ n + u ∘ h'                                            (Cho et al. 2014)
 * </pre>
 *
 * Needs two products a step where {@link GruStage} needs one. Columns are r u n.
 */
public final class ResetBeforeGruStage extends RecurrentStage {
  private static final int GATES = 3;

  private final Scratch resetScratch = new Scratch();
  private final Scratch resetGradientScratch = new Scratch();
  private final WeightMatrix gateRecurrence;
  private final WeightMatrix candidateRecurrence;
  private MemorySegment reset = MemorySegment.NULL;
  private MemorySegment resetGradient = MemorySegment.NULL;

  /** As {@link LstmStage#LstmStage}. */
  public ResetBeforeGruStage(
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
        new Initialisation.Constant(0),
        firstWeights,
        recurrentDropout,
        number);
    long from = recurrentWeights.from();
    gateRecurrence = new WeightMatrix(parameters, from, units, 2 * units);
    candidateRecurrence = new WeightMatrix(parameters, from + 2L * units * units, units, units);
  }

  private Rows candidateRows(Pass pass, int t) {
    Rows all = gateRows(pass, t);
    return new Rows(all.memory(), all.from() + 2L * units, all.stride());
  }

  private Rows resetRows(Pass pass, int t) {
    return new Rows(reset, (long) pass.batch() * units * t, units);
  }

  @Override
  void beginStates(Pass pass) {
    reset = resetScratch.atLeast(pass.rows() * (long) units);
  }

  @Override
  void step(Pass pass, int t, boolean recurring) {
    int width = GATES * units;
    long size = (long) pass.batch() * units;
    MemorySegment values = parameters.values();
    Rows before = previous(pass, t);
    if (recurring) {
      gateRecurrence.addProduct(pass.batch(), before, gateRows(pass, t));
    }
    for (int row = 0; row < pass.batch(); row++) {
      long gate = ((long) pass.batch() * t + row) * width;
      long at = (long) row * units;
      LOOPS.sigmoid(gates, gate, values, bias.from(), 2 * units);
      LOOPS.product(gates, gate, before.memory(), before.from() + at, reset, size * t + at, units);
    }
    if (recurring) {
      candidateRecurrence.addProduct(pass.batch(), resetRows(pass, t), candidateRows(pass, t));
    }
    for (int row = 0; row < pass.batch(); row++) {
      long gate = ((long) pass.batch() * t + row) * width;
      long at = size * t + (long) row * units;
      LOOPS.tanh(gates, gate + 2L * units, values, bias.from() + 2L * units, units);
      LOOPS.gruMix(gates, gate, units, hidden, at, at + size, units);
    }
  }

  @Override
  void beginBackward(Pass pass) {
    resetGradient = resetGradientScratch.atLeast((long) pass.batch() * units);
  }

  @Override
  void clearRow(Pass pass, int t, int row) {
    Columns.clear(gates, ((long) pass.batch() * t + row) * GATES * units, GATES * units);
  }

  @Override
  void backRow(
      Pass pass, int t, int row, MemorySegment dh, long from, MemorySegment carried, long to) {
    long gate = ((long) pass.batch() * t + row) * GATES * units;
    LOOPS.gruMixBack(gates, gate, units, hidden, from, dh, from, carried, to, units);
    // r keeps its value until stepBack.
  }

  @Override
  void stepBack(Pass pass, int t) {
    candidateRecurrence.multiplyTransposed(
        pass.batch(), candidateRows(pass, t), Rows.of(resetGradient, units));
    Rows before = previous(pass, t);
    // Rows of a masked step are 0 and stay 0.
    for (int row = 0; row < pass.batch(); row++) {
      long gate = ((long) pass.batch() * t + row) * GATES * units;
      long at = (long) row * units;
      if (!masked(pass, t, row)) {
        LOOPS.resetBack(gates, gate, before.memory(), before.from() + at, resetGradient, at, units);
      }
    }
  }

  @Override
  void recurrenceBack(Pass pass, int t, boolean adding, Rows target) {
    gateRecurrence.multiplyTransposed(pass.batch(), gateRows(pass, t), adding, target);
    LOOPS.add(resetGradient, 0, target.memory(), target.from(), pass.batch() * units);
  }

  @Override
  void biasGradients(Pass pass) {
    Columns.sum(gates, pass.rows(), GATES * units, parameters.gradients(), bias.from());
  }

  @Override
  void recurrentGradients(Pass pass, int first) {
    int rows = pass.batch() * (pass.steps() - first);
    gateRecurrence.gradient(rows, previous(pass, first), gateRows(pass, first));
    candidateRecurrence.gradient(rows, resetRows(pass, first), candidateRows(pass, first));
  }
}
