package io.ilteo.modelkit.recurrent.kernel;

import static io.ilteo.modelkit.recurrent.kernel.Lanes.COUNTING;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.FLOATS;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.INTS;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.LANES;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.ONE;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.ZERO;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.lanes;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.load;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.sigmoidSlope;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.store;
import static io.ilteo.modelkit.recurrent.kernel.Lanes.tanhSlope;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.UGE;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link Loops}, a vector at a time.
 *
 * <p>Each loop must be compiled by itself, which the option {@code
 * -XX:CompileCommand=dontinline,…VectorLoops::*} sees to (it is among {@code ilteo.jvm.args} of the
 * root POM). Without it the compiler inlines loop after loop into a stage until its budget of nodes
 * is spent in the middle of one, whose vectors are objects from there on: right, but a GRU's step
 * of training takes a fifth longer and 10 MB of garbage.
 */
final class VectorLoops extends Loops {
  @Override
  void tanh(MemorySegment z, long from, MemorySegment bias, long biasFrom, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      store(Lanes.tanh(load(z, from + i).add(load(bias, biasFrom + i))), z, from + i);
    }
    super.tanh(z, from + i, bias, biasFrom + i, count - i);
  }

  @Override
  void sigmoid(MemorySegment z, long from, MemorySegment bias, long biasFrom, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      store(Lanes.sigmoid(load(z, from + i).add(load(bias, biasFrom + i))), z, from + i);
    }
    super.sigmoid(z, from + i, bias, biasFrom + i, count - i);
  }

  @Override
  void lstmCell(
      MemorySegment gates,
      long gate,
      int units,
      MemorySegment cells,
      long before,
      long after,
      MemorySegment cellTanh,
      long to,
      MemorySegment hidden,
      long hiddenTo,
      int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector kept = load(gates, gate + units + i).mul(load(cells, before + i));
      FloatVector c = load(gates, gate + 3L * units + i).fma(load(gates, gate + i), kept);
      FloatVector tc = Lanes.tanh(c);
      store(c, cells, after + i);
      store(tc, cellTanh, to + i);
      store(load(gates, gate + 2L * units + i).mul(tc), hidden, hiddenTo + i);
    }
    super.lstmCell(
        gates,
        gate + i,
        units,
        cells,
        before + i,
        after + i,
        cellTanh,
        to + i,
        hidden,
        hiddenTo + i,
        count - i);
  }

  @Override
  void lstmOutputBack(
      MemorySegment gates,
      long gate,
      int units,
      MemorySegment cellTanh,
      long from,
      MemorySegment dh,
      long dhFrom,
      MemorySegment dc,
      long dcFrom,
      int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector o = load(gates, gate + 2L * units + i);
      FloatVector tc = load(cellTanh, from + i);
      FloatVector h = load(dh, dhFrom + i);
      FloatVector c = h.mul(o).fma(tanhSlope(tc), load(dc, dcFrom + i));
      store(c, cellTanh, from + i);
      store(c.mul(load(gates, gate + units + i)), dc, dcFrom + i);
      store(h.mul(tc).mul(sigmoidSlope(o)), gates, gate + 2L * units + i);
    }
    super.lstmOutputBack(
        gates, gate + i, units, cellTanh, from + i, dh, dhFrom + i, dc, dcFrom + i, count - i);
  }

  @Override
  void lstmInputBack(
      MemorySegment gates,
      long gate,
      int units,
      MemorySegment cells,
      long before,
      MemorySegment dc,
      long from,
      int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector c = load(dc, from + i);
      FloatVector a = load(gates, gate + i);
      FloatVector f = load(gates, gate + units + i);
      FloatVector g = load(gates, gate + 3L * units + i);
      store(c.mul(g).mul(tanhSlope(a)), gates, gate + i);
      store(c.mul(load(cells, before + i)).mul(sigmoidSlope(f)), gates, gate + units + i);
      store(c.mul(a).mul(sigmoidSlope(g)), gates, gate + 3L * units + i);
    }
    super.lstmInputBack(gates, gate + i, units, cells, before + i, dc, from + i, count - i);
  }

  @Override
  void sigmoidOfSum(
      MemorySegment z, long from, MemorySegment y, long yFrom, MemorySegment b, long bFrom, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      FloatVector sum = load(z, from + i).add(load(y, yFrom + i)).add(load(b, bFrom + i));
      store(Lanes.sigmoid(sum), z, from + i);
    }
    super.sigmoidOfSum(z, from + i, y, yFrom + i, b, bFrom + i, n - i);
  }

  @Override
  void gruCandidate(
      MemorySegment gates,
      long gate,
      int units,
      MemorySegment q,
      long qFrom,
      MemorySegment bias,
      long biasFrom,
      MemorySegment hidden,
      long before,
      long after,
      int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector recurrent = load(q, qFrom + i).add(load(bias, biasFrom + units + i));
      FloatVector z = load(gates, gate + 2L * units + i).add(load(bias, biasFrom + i));
      FloatVector n = Lanes.tanh(load(gates, gate + i).fma(recurrent, z));
      store(recurrent, q, qFrom + i);
      store(n, gates, gate + 2L * units + i);
      FloatVector u = load(gates, gate + units + i);
      store(u.fma(load(hidden, before + i).sub(n), n), hidden, after + i);
    }
    super.gruCandidate(
        gates,
        gate + i,
        units,
        q,
        qFrom + i,
        bias,
        biasFrom + i,
        hidden,
        before + i,
        after + i,
        count - i);
  }

  @Override
  void gruMixBack(
      MemorySegment gates,
      long gate,
      int units,
      MemorySegment hidden,
      long before,
      MemorySegment dh,
      long dhFrom,
      MemorySegment carried,
      long carriedTo,
      int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector u = load(gates, gate + units + i);
      FloatVector n = load(gates, gate + 2L * units + i);
      FloatVector h = load(dh, dhFrom + i);
      store(h.mul(u), carried, carriedTo + i);
      FloatVector difference = load(hidden, before + i).sub(n);
      store(h.mul(difference).mul(sigmoidSlope(u)), gates, gate + units + i);
      store(h.mul(ONE.sub(u)).mul(tanhSlope(n)), gates, gate + 2L * units + i);
    }
    super.gruMixBack(
        gates,
        gate + i,
        units,
        hidden,
        before + i,
        dh,
        dhFrom + i,
        carried,
        carriedTo + i,
        count - i);
  }

  @Override
  void gruResetBack(
      MemorySegment gates, long gate, int units, MemorySegment q, long qFrom, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector r = load(gates, gate + i);
      FloatVector n = load(gates, gate + 2L * units + i);
      store(n.mul(load(q, qFrom + i)).mul(sigmoidSlope(r)), gates, gate + i);
      store(n.mul(r), q, qFrom + i);
    }
    super.gruResetBack(gates, gate + i, units, q, qFrom + i, count - i);
  }

  @Override
  void gruMix(
      MemorySegment gates,
      long gate,
      int units,
      MemorySegment h,
      long before,
      long after,
      int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector n = load(gates, gate + 2L * units + i);
      FloatVector u = load(gates, gate + units + i);
      store(u.fma(load(h, before + i).sub(n), n), h, after + i);
    }
    super.gruMix(gates, gate + i, units, h, before + i, after + i, count - i);
  }

  @Override
  void resetBack(
      MemorySegment gates,
      long gate,
      MemorySegment before,
      long beforeFrom,
      MemorySegment s,
      long sFrom,
      int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector r = load(gates, gate + i);
      FloatVector through = load(s, sFrom + i);
      FloatVector slope = sigmoidSlope(r);
      store(through.mul(load(before, beforeFrom + i)).mul(slope), gates, gate + i);
      store(through.mul(r), s, sFrom + i);
    }
    super.resetBack(gates, gate + i, before, beforeFrom + i, s, sFrom + i, count - i);
  }

  @Override
  void add(MemorySegment x, long from, MemorySegment y, long to, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      store(load(y, to + i).add(load(x, from + i)), y, to + i);
    }
    super.add(x, from + i, y, to + i, count - i);
  }

  @Override
  void addProduct(
      MemorySegment a, long aFrom, MemorySegment x, long from, MemorySegment y, long to, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      store(load(a, aFrom + i).fma(load(x, from + i), load(y, to + i)), y, to + i);
    }
    super.addProduct(a, aFrom + i, x, from + i, y, to + i, n - i);
  }

  @Override
  void tanhBack(MemorySegment y, MemorySegment z, long from, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      store(load(z, from + i).mul(tanhSlope(load(y, from + i))), z, from + i);
    }
    super.tanhBack(y, z, from + i, count - i);
  }

  @Override
  void product(
      MemorySegment a, long aFrom, MemorySegment x, long from, MemorySegment y, long to, int n) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      store(load(a, aFrom + i).mul(load(x, from + i)), y, to + i);
    }
    super.product(a, aFrom + i, x, from + i, y, to + i, n - i);
  }

  @Override
  void addScaled(float a, MemorySegment x, long from, MemorySegment y, long to, int count) {
    FloatVector factor = lanes(a);
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      store(factor.fma(load(x, from + i), load(y, to + i)), y, to + i);
    }
    super.addScaled(a, x, from + i, y, to + i, count - i);
  }

  @Override
  void scaleAndShift(
      float a, float b, MemorySegment x, long from, MemorySegment y, long to, int count) {
    FloatVector factor = lanes(a);
    FloatVector shift = lanes(b);
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      store(factor.fma(load(x, from + i), shift), y, to + i);
    }
    super.scaleAndShift(a, b, x, from + i, y, to + i, count - i);
  }

  @Override
  void relu(MemorySegment z, long from, MemorySegment bias, long biasFrom, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      store(load(z, from + i).add(load(bias, biasFrom + i)).max(ZERO), z, from + i);
    }
    super.relu(z, from + i, bias, biasFrom + i, count - i);
  }

  @Override
  void reluBack(MemorySegment y, MemorySegment g, long from, int count) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      store(ZERO.blend(load(g, from + i), load(y, from + i).compare(GT, ZERO)), g, from + i);
    }
    super.reluBack(y, g, from + i, count - i);
  }

  @Override
  void drop(
      MemorySegment x,
      long from,
      MemorySegment y,
      long to,
      int first,
      int seed,
      int threshold,
      float scale,
      int count) {
    FloatVector factor = lanes(scale);
    IntVector limit = IntVector.broadcast(INTS, threshold);
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      IntVector hash = Lanes.hash(COUNTING.add(first + i).mul(GOLDEN).add(seed));
      var kept = hash.lanewise(LSHR, Integer.SIZE - RANDOM_BITS).compare(UGE, limit);
      store(ZERO.blend(load(x, from + i).mul(factor), kept.cast(FLOATS)), y, to + i);
    }
    super.drop(x, from + i, y, to + i, first + i, seed, threshold, scale, count - i);
  }

  @Override
  void adam(
      MemorySegment w,
      MemorySegment g,
      MemorySegment m,
      MemorySegment v,
      long from,
      int count,
      AdamStep step) {
    int i = 0;
    for (; i + LANES <= count; i += LANES) {
      FloatVector old = load(w, from + i);
      FloatVector gradient = lanes(step.l2()).fma(old, load(g, from + i).mul(step.gradientScale()));
      FloatVector first =
          lanes(step.beta1()).fma(load(m, from + i), gradient.mul(1f - step.beta1()));
      FloatVector second =
          lanes(step.beta2()).fma(load(v, from + i), gradient.mul(1f - step.beta2()).mul(gradient));
      store(first, m, from + i);
      store(second, v, from + i);
      FloatVector root = second.sqrt().mul(step.secondScale()).add(AdamStep.EPSILON);
      FloatVector update = lanes(step.decay()).fma(old, first.mul(step.firstScale()).div(root));
      store(lanes(-step.rate()).fma(update, old), w, from + i);
    }
    super.adam(w, g, m, v, from + i, count - i, step);
  }
}
