package io.ilteo.modelkit.recurrent;

import static io.ilteo.modelkit.recurrent.GateMath.LANES;
import static io.ilteo.modelkit.recurrent.GateMath.load;
import static io.ilteo.modelkit.recurrent.GateMath.store;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Forward and backward pass of one LSTM layer over a whole sequence, fused.
 *
 * <p>Notation: B batch, N inputs, H units, T steps, S = B·H. All matrices are column-major and
 * off-heap; a sequence is T blocks one after the other, as ND4J's 'f' order [B, size, T] lays them.
 *
 * <pre>
 * z_t = x_t W + h_{t-1} R + b            z (B×4H), column blocks a f o g
 * a = tanh z_a, f = σ z_f, o = σ z_o, g = σ z_g
 * c_t = f ∘ c_{t-1} + g ∘ a,  h_t = o ∘ tanh c_t        (Graves 2013, without peepholes)
 * </pre>
 *
 * <p>The block order is Deeplearning4j's. A masked step leaves c and h as they were. Not for use by
 * two threads at once.
 */
final class LstmKernel {
  private static final int GATES = 4;

  private final Scratch gateScratch = new Scratch();
  private final Scratch cellScratch = new Scratch();
  private final Scratch cellTanhScratch = new Scratch();
  private final Scratch hiddenGradScratch = new Scratch();
  private final Scratch cellGradScratch = new Scratch();
  private final Scratch carriedScratch = new Scratch();
  private final Scratch columnScratch = new Scratch();

  private int batch;
  private int inputs;
  private int units;
  private int steps;
  private MemorySegment gates = MemorySegment.NULL;
  private MemorySegment cells = MemorySegment.NULL;
  private MemorySegment cellTanh = MemorySegment.NULL;

  /**
   * Runs the layer forward and keeps what the backward pass needs.
   *
   * @param x address of the input, [B, N, T]
   * @param w address of W (N×4H)
   * @param r address of R (H×4H)
   * @param bias b (4H)
   * @param mask [B, T], 1 observed, 0 not; null for none
   * @param hidden where h goes, [B, H, T]
   */
  void forward(
      int batch,
      int inputs,
      int units,
      int steps,
      long x,
      long w,
      long r,
      MemorySegment bias,
      @Nullable MemorySegment mask,
      MemorySegment hidden) {
    this.batch = batch;
    this.inputs = inputs;
    this.units = units;
    this.steps = steps;
    long size = (long) batch * units;
    gates = gateScratch.atLeast(GATES * size * steps);
    cells = cellScratch.atLeast(size * steps);
    cellTanh = cellTanhScratch.atLeast(size * steps);
    int width = GATES * units;
    for (int t = 0; t < steps; t++) {
      long z = gates.address() + Float.BYTES * (GATES * size * t);
      long xt = x + Float.BYTES * ((long) batch * inputs * t);
      Blas.sgemm(false, false, batch, width, inputs, xt, batch, w, inputs, 0f, z);
      if (t > 0) {
        long previous = hidden.address() + Float.BYTES * (size * (t - 1));
        Blas.sgemm(false, false, batch, width, units, previous, batch, r, units, 1f, z);
      }
      for (int unit = 0; unit < units; unit++) {
        forwardUnit(t, unit, bias, mask, hidden);
      }
    }
  }

  /** Small loops, one after the other: one large loop would not be kept in registers. */
  private void forwardUnit(
      int t, int unit, MemorySegment bias, @Nullable MemorySegment mask, MemorySegment hidden) {
    long size = (long) batch * units;
    long za = GATES * size * t + (long) batch * unit;
    long cell = size * t + (long) batch * unit;
    GateMath.tanhInPlace(gates, za, batch, at(bias, unit));
    GateMath.sigmoidInPlace(gates, za + size, batch, at(bias, units + unit));
    GateMath.sigmoidInPlace(gates, za + 2 * size, batch, at(bias, 2L * units + unit));
    GateMath.sigmoidInPlace(gates, za + 3 * size, batch, at(bias, 3L * units + unit));
    MemorySegment before = t == 0 ? zeroColumn(batch) : cells;
    long beforeFrom = t == 0 ? 0 : cell - size;
    updateCells(gates, za, size, before, beforeFrom, cells, cell, batch);
    if (mask != null) {
      hold(mask, (long) batch * t, before, beforeFrom, cells, cell, batch);
    }
    GateMath.tanh(cells, cellTanh, cell, batch, 0f);
    multiply(gates, za + 2 * size, cellTanh, hidden, cell, batch);
    if (mask != null) {
      MemorySegment held = t == 0 ? before : hidden;
      hold(mask, (long) batch * t, held, beforeFrom, hidden, cell, batch);
    }
  }

  /** c = f ∘ c' + g ∘ a. */
  private static void updateCells(
      MemorySegment gates,
      long za,
      long size,
      MemorySegment before,
      long beforeFrom,
      MemorySegment cells,
      long cell,
      int count) {
    int row = 0;
    for (; row + LANES <= count; row += LANES) {
      FloatVector kept = load(gates, za + size + row).mul(load(before, beforeFrom + row));
      FloatVector added = load(gates, za + 3 * size + row).mul(load(gates, za + row));
      store(kept.add(added), cells, cell + row);
    }
    for (; row < count; row++) {
      float kept = at(gates, za + size + row) * at(before, beforeFrom + row);
      put(cells, cell + row, kept + at(gates, za + 3 * size + row) * at(gates, za + row));
    }
  }

  /** h = o ∘ tanh c. */
  private static void multiply(
      MemorySegment gates,
      long output,
      MemorySegment cellTanh,
      MemorySegment hidden,
      long cell,
      int count) {
    int row = 0;
    for (; row + LANES <= count; row += LANES) {
      store(load(gates, output + row).mul(load(cellTanh, cell + row)), hidden, cell + row);
    }
    for (; row < count; row++) {
      put(hidden, cell + row, at(gates, output + row) * at(cellTanh, cell + row));
    }
  }

  /** Puts the value of before back where the step is masked. */
  private static void hold(
      MemorySegment mask,
      long maskFrom,
      MemorySegment before,
      long beforeFrom,
      MemorySegment values,
      long from,
      int count) {
    for (int row = 0; row < count; row++) {
      if (at(mask, maskFrom + row) == 0f) {
        put(values, from + row, at(before, beforeFrom + row));
      }
    }
  }

  /**
   * Runs the layer backward after {@link #forward} on the same sequence.
   *
   * @param x as given to {@link #forward}
   * @param hidden as filled by {@link #forward}
   * @param hiddenGrad ∂L/∂h, [B, H, T]; null block means zero, see {@code lastOnly}
   * @param lastOnly whether {@code hiddenGrad} is [B, H] and belongs to the last step
   * @param wGrad where ∂L/∂W goes (N×4H)
   * @param rGrad where ∂L/∂R goes (H×4H)
   * @param biasGrad where ∂L/∂b goes (4H)
   * @param xGrad address where ∂L/∂x goes, [B, N, T]; 0 if nobody needs it
   */
  void backward(
      long x,
      long w,
      long r,
      @Nullable MemorySegment mask,
      MemorySegment hidden,
      MemorySegment hiddenGrad,
      boolean lastOnly,
      MemorySegment wGrad,
      MemorySegment rGrad,
      MemorySegment biasGrad,
      long xGrad) {
    long size = (long) batch * units;
    int width = GATES * units;
    MemorySegment dh = hiddenGradScratch.atLeast(size);
    MemorySegment dc = cellGradScratch.atLeast(size);
    MemorySegment carried = carriedScratch.atLeast(size);
    dh.fill((byte) 0);
    dc.fill((byte) 0);
    biasGrad.fill((byte) 0);
    if (steps == 1) {
      rGrad.fill((byte) 0);
    }
    for (int t = steps - 1; t >= 0; t--) {
      boolean given = !lastOnly || t == steps - 1;
      long from = lastOnly ? 0 : size * t;
      for (int unit = 0; unit < units; unit++) {
        backwardUnit(t, unit, mask, given ? hiddenGrad : null, from, dh, dc, carried, biasGrad);
      }
      long z = gates.address() + Float.BYTES * (GATES * size * t);
      long xt = x + Float.BYTES * ((long) batch * inputs * t);
      float keep = t == steps - 1 ? 0f : 1f;
      Blas.sgemm(true, false, inputs, width, batch, xt, batch, z, batch, keep, wGrad.address());
      if (t > 0) {
        long previous = hidden.address() + Float.BYTES * (size * (t - 1));
        Blas.sgemm(
            true, false, units, width, batch, previous, batch, z, batch, keep, rGrad.address());
        MemorySegment.copy(carried, 0, dh, 0, size * Float.BYTES);
        Blas.sgemm(false, true, batch, units, width, z, batch, r, units, 1f, dh.address());
      }
      if (xGrad != 0) {
        long dx = xGrad + Float.BYTES * ((long) batch * inputs * t);
        Blas.sgemm(false, true, batch, inputs, width, z, batch, w, inputs, 0f, dx);
      }
    }
  }

  /** Turns the gates of a unit into ∂L/∂z, and moves dh and dc one step back. */
  private void backwardUnit(
      int t,
      int unit,
      @Nullable MemorySegment mask,
      @Nullable MemorySegment given,
      long from,
      MemorySegment dh,
      MemorySegment dc,
      MemorySegment carried,
      MemorySegment biasGrad) {
    long size = (long) batch * units;
    long column = (long) batch * unit;
    long za = GATES * size * t + column;
    long cell = size * t + column;
    if (given != null) {
      accumulate(given, from + column, dh, column, batch);
    }
    if (mask == null) {
      MemorySegment.copy(
          zeroColumn(batch), 0, carried, column * Float.BYTES, (long) batch * Float.BYTES);
    } else {
      // A masked step hands dh and dc on untouched; afterwards its gates get no gradient.
      splitHeld(mask, (long) batch * t, dh, column, carried, column, batch);
    }
    MemorySegment before = t == 0 ? zeroColumn(batch) : cells;
    long beforeFrom = t == 0 ? 0 : cell - size;
    gateGradients(za, size, cell, column, before, beforeFrom, dh, dc, mask, (long) batch * t);
    for (int gate = 0; gate < GATES; gate++) {
      long index = (long) gate * units + unit;
      float sum = sum(gates, za + gate * size, batch);
      put(biasGrad, index, at(biasGrad, index) + sum);
    }
  }

  private MemorySegment zeroColumn(int count) {
    MemorySegment zeros = columnScratch.atLeast(count);
    zeros.asSlice(0, (long) count * Float.BYTES).fill((byte) 0);
    return zeros;
  }

  private static void accumulate(
      MemorySegment source, long from, MemorySegment target, long to, int count) {
    int row = 0;
    for (; row + LANES <= count; row += LANES) {
      store(load(target, to + row).add(load(source, from + row)), target, to + row);
    }
    for (; row < count; row++) {
      put(target, to + row, at(target, to + row) + at(source, from + row));
    }
  }

  /** Moves dh of masked rows to {@code carried}, which gets 0 elsewhere. */
  private static void splitHeld(
      MemorySegment mask,
      long maskFrom,
      MemorySegment dh,
      long column,
      MemorySegment carried,
      long to,
      int count) {
    for (int row = 0; row < count; row++) {
      boolean held = at(mask, maskFrom + row) == 0f;
      put(carried, to + row, held ? at(dh, column + row) : 0f);
      if (held) {
        put(dh, column + row, 0f);
      }
    }
  }

  private void gateGradients(
      long za,
      long size,
      long cell,
      long column,
      MemorySegment before,
      long beforeFrom,
      MemorySegment dh,
      MemorySegment dc,
      @Nullable MemorySegment mask,
      long maskFrom) {
    int row = 0;
    FloatVector one = FloatVector.broadcast(GateMath.SPECIES, 1f);
    FloatVector zero = FloatVector.zero(GateMath.SPECIES);
    for (; row + LANES <= batch; row += LANES) {
      FloatVector o = load(gates, za + 2 * size + row);
      FloatVector tc = load(cellTanh, cell + row);
      FloatVector h = load(dh, column + row);
      FloatVector passed = load(dc, column + row);
      FloatVector c = passed.add(h.mul(o).mul(one.sub(tc.mul(tc))));
      FloatVector back = c.mul(load(gates, za + size + row));
      if (mask != null) {
        var observed = load(mask, maskFrom + row).compare(NE, 0f);
        back = passed.blend(back, observed);
        c = zero.blend(c, observed);
      }
      store(back, dc, column + row);
      store(c, cellTanh, cell + row);
      store(h.mul(tc).mul(o).mul(one.sub(o)), gates, za + 2 * size + row);
    }
    for (; row < batch; row++) {
      float o = at(gates, za + 2 * size + row);
      float tc = at(cellTanh, cell + row);
      float h = at(dh, column + row);
      float passed = at(dc, column + row);
      float c = passed + h * o * (1f - tc * tc);
      boolean observed = mask == null || at(mask, maskFrom + row) != 0f;
      put(dc, column + row, observed ? c * at(gates, za + size + row) : passed);
      put(cellTanh, cell + row, observed ? c : 0f);
      put(gates, za + 2 * size + row, h * tc * o * (1f - o));
    }
    inputGradients(za, size, cell, before, beforeFrom);
  }

  /** dz of a, f and g from dc, which stands where tanh c stood. */
  private void inputGradients(
      long za, long size, long cell, MemorySegment before, long beforeFrom) {
    int row = 0;
    FloatVector one = FloatVector.broadcast(GateMath.SPECIES, 1f);
    for (; row + LANES <= batch; row += LANES) {
      FloatVector c = load(cellTanh, cell + row);
      FloatVector a = load(gates, za + row);
      FloatVector f = load(gates, za + size + row);
      FloatVector g = load(gates, za + 3 * size + row);
      store(c.mul(g).mul(one.sub(a.mul(a))), gates, za + row);
      store(c.mul(load(before, beforeFrom + row)).mul(f).mul(one.sub(f)), gates, za + size + row);
      store(c.mul(a).mul(g).mul(one.sub(g)), gates, za + 3 * size + row);
    }
    for (; row < batch; row++) {
      float c = at(cellTanh, cell + row);
      float a = at(gates, za + row);
      float f = at(gates, za + size + row);
      float g = at(gates, za + 3 * size + row);
      put(gates, za + row, c * g * (1f - a * a));
      put(gates, za + size + row, c * at(before, beforeFrom + row) * f * (1f - f));
      put(gates, za + 3 * size + row, c * a * g * (1f - g));
    }
  }

  private static float sum(MemorySegment memory, long from, int count) {
    FloatVector lanes = FloatVector.zero(GateMath.SPECIES);
    int row = 0;
    for (; row + LANES <= count; row += LANES) {
      lanes = lanes.add(load(memory, from + row));
    }
    float sum = total(lanes);
    for (; row < count; row++) {
      sum += at(memory, from + row);
    }
    return sum;
  }

  private static float total(FloatVector vector) {
    // In lane order: reduceLanes may add in another order on another machine.
    float[] lanes = vector.toArray();
    float sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    return sum;
  }

  private static float at(MemorySegment memory, long index) {
    return memory.getAtIndex(JAVA_FLOAT, index);
  }

  private static void put(MemorySegment memory, long index, float value) {
    memory.setAtIndex(JAVA_FLOAT, index, value);
  }
}
