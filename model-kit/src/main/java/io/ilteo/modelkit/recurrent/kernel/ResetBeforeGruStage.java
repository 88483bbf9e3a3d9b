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
  private MemorySegment reset = MemorySegment.NULL;
  private MemorySegment resetGradient = MemorySegment.NULL;

  /** As {@link LstmStage#LstmStage}. */
  public ResetBeforeGruStage(
      String name,
      Parameters parameters,
      int inputs,
      int units,
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
        recurrentDropout,
        number);
  }

  private long candidateWeights() {
    return recurrentWeights.from() + 2L * units * units;
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
      long r = recurrentWeights.from();
      Blas.multiply(pass.batch(), units, 2 * units, before, values, r, 1f, gateRows(pass, t));
    }
    for (int row = 0; row < pass.batch(); row++) {
      long gate = ((long) pass.batch() * t + row) * width;
      long at = (long) row * units;
      LOOPS.sigmoid(gates, gate, values, bias.from(), 2 * units);
      LOOPS.product(gates, gate, before.memory(), before.from() + at, reset, size * t + at, units);
    }
    if (recurring) {
      Blas.multiply(
          pass.batch(),
          units,
          units,
          resetRows(pass, t),
          values,
          candidateWeights(),
          1f,
          candidateRows(pass, t));
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
    Rows through = Rows.of(resetGradient, units);
    Blas.multiplyTransposed(
        pass.batch(),
        units,
        units,
        candidateRows(pass, t),
        parameters.values(),
        candidateWeights(),
        0f,
        through);
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
  void recurrenceBack(Pass pass, int t, float beta, Rows target) {
    Blas.multiplyTransposed(
        pass.batch(),
        units,
        2 * units,
        gateRows(pass, t),
        parameters.values(),
        recurrentWeights.from(),
        beta,
        target);
    LOOPS.add(resetGradient, 0, target.memory(), target.from(), pass.batch() * units);
  }

  @Override
  void biasGradients(Pass pass) {
    Columns.sum(gates, pass.rows(), GATES * units, parameters.gradients(), bias.from());
  }

  @Override
  void recurrentGradients(Pass pass, int first) {
    int rows = pass.batch() * (pass.steps() - first);
    MemorySegment gradients = parameters.gradients();
    if (rows == 0) {
      Columns.clear(gradients, recurrentWeights.from(), recurrentWeights.size());
      return;
    }
    Blas.accumulate(
        rows,
        units,
        2 * units,
        previous(pass, first),
        gateRows(pass, first),
        0f,
        gradients,
        recurrentWeights.from());
    Blas.accumulate(
        rows,
        units,
        units,
        resetRows(pass, first),
        candidateRows(pass, first),
        0f,
        gradients,
        candidateWeights());
  }
}
