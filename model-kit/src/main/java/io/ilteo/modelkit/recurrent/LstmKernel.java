package io.ilteo.modelkit.recurrent;

import static io.ilteo.modelkit.recurrent.GateMath.LANES;
import static io.ilteo.modelkit.recurrent.GateMath.load;
import static io.ilteo.modelkit.recurrent.GateMath.sigmoid;
import static io.ilteo.modelkit.recurrent.GateMath.store;
import static io.ilteo.modelkit.recurrent.GateMath.tanh;
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
  private final Scratch zeroScratch = new Scratch();

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

  private void forwardUnit(
      int t, int unit, MemorySegment bias, @Nullable MemorySegment mask, MemorySegment hidden) {
    long size = (long) batch * units;
    long column = (long) batch * unit;
    long za = GATES * size * t + column;
    long cell = size * t + column;
    float ba = bias.getAtIndex(JAVA_FLOAT, unit);
    float bf = bias.getAtIndex(JAVA_FLOAT, units + unit);
    float bo = bias.getAtIndex(JAVA_FLOAT, 2L * units + unit);
    float bg = bias.getAtIndex(JAVA_FLOAT, 3L * units + unit);
    int row = 0;
    for (; row + LANES <= batch; row += LANES) {
      FloatVector a = tanh(load(gates, za + row).add(ba));
      FloatVector f = sigmoid(load(gates, za + size + row).add(bf));
      FloatVector o = sigmoid(load(gates, za + 2 * size + row).add(bo));
      FloatVector g = sigmoid(load(gates, za + 3 * size + row).add(bg));
      FloatVector before =
          t == 0 ? FloatVector.zero(GateMath.SPECIES) : load(cells, cell - size + row);
      FloatVector c = f.fma(before, g.mul(a));
      if (mask != null) {
        c = before.blend(c, load(mask, (long) batch * t + row).compare(NE, 0f));
      }
      FloatVector tc = tanh(c);
      FloatVector h = o.mul(tc);
      if (mask != null) {
        FloatVector held =
            t == 0 ? FloatVector.zero(GateMath.SPECIES) : load(hidden, cell - size + row);
        h = held.blend(h, load(mask, (long) batch * t + row).compare(NE, 0f));
      }
      store(a, gates, za + row);
      store(f, gates, za + size + row);
      store(o, gates, za + 2 * size + row);
      store(g, gates, za + 3 * size + row);
      store(c, cells, cell + row);
      store(tc, cellTanh, cell + row);
      store(h, hidden, cell + row);
    }
    for (; row < batch; row++) {
      float a = tanh(at(gates, za + row) + ba);
      float f = sigmoid(at(gates, za + size + row) + bf);
      float o = sigmoid(at(gates, za + 2 * size + row) + bo);
      float g = sigmoid(at(gates, za + 3 * size + row) + bg);
      float before = t == 0 ? 0f : at(cells, cell - size + row);
      boolean observed = mask == null || at(mask, (long) batch * t + row) != 0f;
      float c = observed ? Math.fma(f, before, g * a) : before;
      float tc = tanh(c);
      float held = t == 0 ? 0f : at(hidden, cell - size + row);
      put(gates, za + row, a);
      put(gates, za + size + row, f);
      put(gates, za + 2 * size + row, o);
      put(gates, za + 3 * size + row, g);
      put(cells, cell + row, c);
      put(cellTanh, cell + row, tc);
      put(hidden, cell + row, observed ? o * tc : held);
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
    MemorySegment carried = zeroScratch.atLeast(size);
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
    FloatVector zero = FloatVector.zero(GateMath.SPECIES);
    FloatVector sumA = zero;
    FloatVector sumF = zero;
    FloatVector sumO = zero;
    FloatVector sumG = zero;
    int row = 0;
    for (; row + LANES <= batch; row += LANES) {
      FloatVector a = load(gates, za + row);
      FloatVector f = load(gates, za + size + row);
      FloatVector o = load(gates, za + 2 * size + row);
      FloatVector g = load(gates, za + 3 * size + row);
      FloatVector tc = load(cellTanh, cell + row);
      FloatVector before = t == 0 ? zero : load(cells, cell - size + row);
      FloatVector h = load(dh, column + row);
      h = given == null ? h : h.add(load(given, from + column + row));
      FloatVector passedC = load(dc, column + row);
      FloatVector c = passedC.add(h.mul(o).mul(tc.mul(tc).neg().add(1f)));
      FloatVector da = c.mul(g).mul(a.mul(a).neg().add(1f));
      FloatVector df = c.mul(before).mul(f).mul(f.neg().add(1f));
      FloatVector dO = h.mul(tc).mul(o).mul(o.neg().add(1f));
      FloatVector dg = c.mul(a).mul(g).mul(g.neg().add(1f));
      FloatVector back = c.mul(f);
      FloatVector held = zero;
      if (mask != null) {
        var observed = load(mask, (long) batch * t + row).compare(NE, 0f);
        da = zero.blend(da, observed);
        df = zero.blend(df, observed);
        dO = zero.blend(dO, observed);
        dg = zero.blend(dg, observed);
        back = passedC.blend(back, observed);
        held = h.blend(zero, observed);
      }
      store(da, gates, za + row);
      store(df, gates, za + size + row);
      store(dO, gates, za + 2 * size + row);
      store(dg, gates, za + 3 * size + row);
      store(back, dc, column + row);
      store(held, carried, column + row);
      sumA = sumA.add(da);
      sumF = sumF.add(df);
      sumO = sumO.add(dO);
      sumG = sumG.add(dg);
    }
    float[] sums = {total(sumA), total(sumF), total(sumO), total(sumG)};
    for (; row < batch; row++) {
      float a = at(gates, za + row);
      float f = at(gates, za + size + row);
      float o = at(gates, za + 2 * size + row);
      float g = at(gates, za + 3 * size + row);
      float tc = at(cellTanh, cell + row);
      float before = t == 0 ? 0f : at(cells, cell - size + row);
      float h = at(dh, column + row) + (given == null ? 0f : at(given, from + column + row));
      float passedC = at(dc, column + row);
      float c = passedC + h * o * (1f - tc * tc);
      boolean observed = mask == null || at(mask, (long) batch * t + row) != 0f;
      float[] dz = {
        c * g * (1f - a * a), c * before * f * (1f - f), h * tc * o * (1f - o), c * a * g * (1f - g)
      };
      for (int gate = 0; gate < GATES; gate++) {
        float value = observed ? dz[gate] : 0f;
        put(gates, za + gate * size + row, value);
        sums[gate] += value;
      }
      put(dc, column + row, observed ? c * f : passedC);
      put(carried, column + row, observed ? 0f : h);
    }
    for (int gate = 0; gate < GATES; gate++) {
      long index = (long) gate * units + unit;
      put(biasGrad, index, at(biasGrad, index) + sums[gate]);
    }
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
