package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;
import java.lang.foreign.MemorySegment;

/**
 * What all gated cells share: inputs of all steps in one product, one product a step for the
 * recurrence, weight gradients over the whole sequence, masks, recurrent dropout, and state that
 * can be carried from one call to the next.
 *
 * <p>B batch, N inputs, H units, T steps, G gates. States keep T + 1 blocks of [B × H], the first
 * of them what came before the sequence. A masked step leaves the state as it was. Recurrent
 * dropout drops the same units at every step (Gal and Ghahramani 2016).
 */
public abstract class RecurrentStage implements Stage {
  static final Loops LOOPS = Loops.BEST;

  final int inputs;
  final int units;
  final int gateCount;
  final Parameters parameters;
  final Block recurrentWeights;
  private final WeightMatrix input;
  final Block bias;
  private final Dropout recurrentDropout;

  private final Scratch gateScratch = new Scratch();
  private final Scratch hiddenScratch = new Scratch();
  private final Scratch droppedScratch = new Scratch();
  private final Scratch carriedScratch = new Scratch();
  private final Scratch throughScratch = new Scratch();
  private final Scratch inputGradientScratch = new Scratch();
  private MemorySegment lastInput = MemorySegment.NULL;
  private boolean continued;
  private int lastSteps;
  private boolean inputGradientNeeded = true;

  MemorySegment gates = MemorySegment.NULL;
  MemorySegment hidden = MemorySegment.NULL;
  private MemorySegment dropped = MemorySegment.NULL;
  private MemorySegment carried = MemorySegment.NULL;

  RecurrentStage(
      String name,
      Parameters parameters,
      int inputs,
      int units,
      int gateCount,
      int biasSize,
      Initialisation biasInit,
      FirstWeights firstWeights,
      double recurrentDropout,
      int number) {
    this.parameters = parameters;
    this.inputs = inputs;
    this.units = units;
    this.gateCount = gateCount;
    this.input =
        new WeightMatrix(
            parameters,
            parameters.weights(
                name + ".W", inputs, gateCount * units, firstWeights.input(gateCount, units)));
    this.recurrentWeights =
        parameters.weights(
            name + ".RW", units, gateCount * units, firstWeights.recurrent(gateCount));
    this.bias = parameters.vector(name + ".b", 1, biasSize, biasInit);
    this.recurrentDropout = new Dropout(recurrentDropout, number);
  }

  /** Says whether somebody asks for ∂L/∂input; of a first layer, usually nobody. */
  public final void setInputGradientNeeded(boolean needed) {
    inputGradientNeeded = needed;
  }

  @Override
  public final int width() {
    return units;
  }

  @Override
  public final MemorySegment forward(Pass pass, MemorySegment x) {
    return forward(pass, x, false);
  }

  /**
   * As {@link #forward(Pass, MemorySegment)}.
   *
   * @param continuing whether the sequence goes on where the last one, of as many persons, ended
   */
  public final MemorySegment forward(Pass pass, MemorySegment x, boolean continuing) {
    continued = continuing;
    lastInput = x;
    long size = (long) pass.batch() * units;
    int width = gateCount * units;
    gates = gateScratch.atLeast(pass.rows() * (long) width);
    hidden = begin(pass, hiddenScratch);
    beginStates(pass);
    lastSteps = pass.steps();
    input.multiply(pass.rows(), Rows.of(x, inputs), Rows.of(gates, width));
    boolean drops = drops(pass);
    dropped = drops ? droppedScratch.atLeast(size * pass.steps()) : hidden;
    for (int t = 0; t < pass.steps(); t++) {
      if (drops) {
        recurrentDropout.apply(pass, hidden, size * t, dropped, size * t, (int) size);
      }
      step(pass, t, t > 0 || continued);
      hold(pass, t, hidden);
    }
    return hidden.asSlice(size * Float.BYTES);
  }

  private boolean drops(Pass pass) {
    return pass.training() && recurrentDropout.rate() > 0;
  }

  /** States of this pass, their first block set to 0 or to where the last sequence ended. */
  final MemorySegment begin(Pass pass, Scratch scratch) {
    long bytes = (long) pass.batch() * units * Float.BYTES;
    MemorySegment before = scratch.atLeast(0);
    MemorySegment states = scratch.atLeast((long) pass.batch() * units * (pass.steps() + 1L));
    if (continued) {
      MemorySegment.copy(before, lastSteps * bytes, states, 0, bytes);
    } else {
      states.asSlice(0, bytes).fill((byte) 0);
    }
    return states;
  }

  /** Puts masked rows of step {@code t} back to what they were. */
  final void hold(Pass pass, int t, MemorySegment states) {
    MemorySegment mask = pass.mask();
    if (mask == null) {
      return;
    }
    long bytes = (long) units * Float.BYTES;
    for (int row = 0; row < pass.batch(); row++) {
      if (masked(pass, t, row)) {
        long from = ((long) pass.batch() * t + row) * bytes;
        MemorySegment.copy(states, from, states, from + pass.batch() * bytes, bytes);
      }
    }
  }

  static boolean masked(Pass pass, int t, int row) {
    MemorySegment mask = pass.mask();
    return mask != null && Loops.at(mask, (long) pass.batch() * t + row) == 0f;
  }

  /** What the recurrence of step {@code t} sees of the state before it: [B × H]. */
  final Rows previous(Pass pass, int t) {
    return new Rows(dropped, (long) pass.batch() * units * t, units);
  }

  /** Rows of the gates of step {@code t}. */
  final Rows gateRows(Pass pass, int t) {
    int width = gateCount * units;
    return new Rows(gates, (long) pass.batch() * width * t, width);
  }

  /** Prepares states other than h, by {@link #begin}. */
  abstract void beginStates(Pass pass);

  /**
   * Computes h of step {@code t} into block t + 1.
   *
   * @param recurring whether the state before can differ from 0
   */
  abstract void step(Pass pass, int t, boolean recurring);

  @Override
  public final MemorySegment backward(Pass pass, MemorySegment gradient) {
    long size = (long) pass.batch() * units;
    int width = gateCount * units;
    carried = carriedScratch.atLeast(size);
    carried.asSlice(0, size * Float.BYTES).fill((byte) 0);
    beginBackward(pass);
    for (int t = pass.steps() - 1; t >= 0; t--) {
      LOOPS.add(carried, 0, gradient, size * t, (int) size);
      for (int row = 0; row < pass.batch(); row++) {
        long at = size * t + (long) row * units;
        if (masked(pass, t, row)) {
          MemorySegment.copy(
              gradient,
              at * Float.BYTES,
              carried,
              (long) row * units * Float.BYTES,
              (long) units * Float.BYTES);
          clearRow(pass, t, row);
        } else {
          backRow(pass, t, row, gradient, at, carried, (long) row * units);
        }
      }
      stepBack(pass, t);
      if (t > 0 || continued) {
        carryBack(pass, t);
      }
    }
    recurrentGradients(pass, continued ? 0 : Math.min(1, pass.steps()));
    biasGradients(pass);
    Rows all = Rows.of(gates, width);
    input.gradient(pass.rows(), Rows.of(lastInput, inputs), all);
    if (!inputGradientNeeded) {
      return MemorySegment.NULL;
    }
    MemorySegment back = inputGradientScratch.atLeast(pass.rows() * (long) inputs);
    input.multiplyTransposed(pass.rows(), all, Rows.of(back, inputs));
    return back;
  }

  /** Adds dZ·Rᵀ of step {@code t} to what the step before is handed. */
  final void carryBack(Pass pass, int t) {
    long size = (long) pass.batch() * units;
    if (drops(pass)) {
      MemorySegment through = throughScratch.atLeast(size);
      recurrenceBack(pass, t, false, Rows.of(through, units));
      recurrentDropout.apply(pass, through, 0, through, 0, (int) size);
      LOOPS.add(through, 0, carried, 0, (int) size);
    } else {
      recurrenceBack(pass, t, true, Rows.of(carried, units));
    }
  }

  /** Prepares gradients of states other than h. */
  abstract void beginBackward(Pass pass);

  /** Zeroes the gate gradients of a masked row. */
  abstract void clearRow(Pass pass, int t, int row);

  /**
   * Turns gates of a row into gate gradients.
   *
   * @param dh ∂L/∂h from {@code from}
   * @param carried where ∂L/∂h of the step before goes, as far as it does not pass the weights
   */
  abstract void backRow(
      Pass pass, int t, int row, MemorySegment dh, long from, MemorySegment carried, long to);

  /**
   * Completes gate gradients of step {@code t}, all rows together; most cells have nothing to do.
   */
  void stepBack(Pass pass, int t) {}

  /** Sets {@code target} to dZ·Rᵀ of step {@code t}, or adds that to it. */
  abstract void recurrenceBack(Pass pass, int t, boolean adding, Rows target);

  /** ∂L/∂b. */
  abstract void biasGradients(Pass pass);

  /** ∂L/∂R over the steps from {@code first} on. */
  abstract void recurrentGradients(Pass pass, int first);

  /** As {@link #recurrentGradients}, where all gates see the same state. */
  final void recurrentGradients(
      Pass pass, int first, WeightMatrix recurrence, MemorySegment gateGradients) {
    int width = gateCount * units;
    recurrence.gradient(
        pass.batch() * (pass.steps() - first),
        previous(pass, first),
        new Rows(gateGradients, (long) pass.batch() * first * width, width));
  }
}
