package io.ilteo.modelkit.recurrent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/**
 * The elementwise loops of all stages, one float at a time.
 *
 * <p>{@link VectorLoops} does the same a vector at a time and leaves the last few to this class.
 * Both take the same steps in fused multiply-adds, so results agree bit for bit whatever the vector
 * length, and with or without the Vector API. Indices count floats.
 */
class Loops {
  // Multipliers of MurmurHash3's finaliser (Appleby).
  static final int HASH_1 = 0x85ebca6b;
  static final int HASH_2 = 0xc2b2ae35;
  static final int GOLDEN = 0x9E3779B9;
  static final int RANDOM_BITS = 24;

  /** What this machine runs best. */
  static final Loops BEST = VectorApi.PRESENT ? new VectorLoops() : new Loops();

  /** z ← tanh(z + b). */
  void tanh(MemorySegment z, long from, MemorySegment bias, long biasFrom, int count) {
    for (int i = 0; i < count; i++) {
      put(z, from + i, Scalars.tanh(at(z, from + i) + at(bias, biasFrom + i)));
    }
  }

  /** z ← σ(z + b). */
  void sigmoid(MemorySegment z, long from, MemorySegment bias, long biasFrom, int count) {
    for (int i = 0; i < count; i++) {
      put(z, from + i, Scalars.sigmoid(at(z, from + i) + at(bias, biasFrom + i)));
    }
  }

  /**
   * c = f ∘ c' + g ∘ a, tanh c, h = o ∘ tanh c.
   *
   * @param gates row of a, f, o, g from {@code gate}, {@code units} apart
   * @param before where c' is in {@code cells}
   * @param after where c goes in {@code cells}
   * @param cellTanh where tanh c goes, from {@code to}
   * @param hidden where h goes, from {@code hiddenTo}
   */
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
    for (int i = 0; i < count; i++) {
      float kept = at(gates, gate + units + i) * at(cells, before + i);
      float c = Math.fma(at(gates, gate + 3L * units + i), at(gates, gate + i), kept);
      float tc = Scalars.tanh(c);
      put(cells, after + i, c);
      put(cellTanh, to + i, tc);
      put(hidden, hiddenTo + i, at(gates, gate + 2L * units + i) * tc);
    }
  }

  /**
   * From ∂L/∂h and ∂L/∂c to ∂L/∂z of the output gate and ∂L/∂c of this step, which replaces tanh c.
   *
   * @param dh ∂L/∂h from {@code dhFrom}
   * @param dc ∂L/∂c' of the step after, from {@code dcFrom}; becomes that of this step
   */
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
    for (int i = 0; i < count; i++) {
      float o = at(gates, gate + 2L * units + i);
      float tc = at(cellTanh, from + i);
      float h = at(dh, dhFrom + i);
      float c = Math.fma(h * o, Math.fma(-tc, tc, 1f), at(dc, dcFrom + i));
      put(cellTanh, from + i, c);
      put(dc, dcFrom + i, c * at(gates, gate + units + i));
      put(gates, gate + 2L * units + i, h * tc * Math.fma(-o, o, o));
    }
  }

  /** From ∂L/∂c, which stands where tanh c stood, to ∂L/∂z of a, f and g. */
  void lstmInputBack(
      MemorySegment gates,
      long gate,
      int units,
      MemorySegment cells,
      long before,
      MemorySegment dc,
      long from,
      int count) {
    for (int i = 0; i < count; i++) {
      float c = at(dc, from + i);
      float a = at(gates, gate + i);
      float f = at(gates, gate + units + i);
      float g = at(gates, gate + 3L * units + i);
      put(gates, gate + i, c * g * Math.fma(-a, a, 1f));
      put(gates, gate + units + i, c * at(cells, before + i) * Math.fma(-f, f, f));
      put(gates, gate + 3L * units + i, c * a * Math.fma(-g, g, g));
    }
  }

  /** z ← σ(z + y + b). */
  void sigmoidOfSum(
      MemorySegment z, long from, MemorySegment y, long yFrom, MemorySegment b, long bFrom, int n) {
    for (int i = 0; i < n; i++) {
      put(z, from + i, Scalars.sigmoid(at(z, from + i) + at(y, yFrom + i) + at(b, bFrom + i)));
    }
  }

  /**
   * q ← q + c; n = tanh(z + r ∘ q + b), in place of z; h = n + u ∘ (h' − n).
   *
   * @param gates row of r, u, z from {@code gate}, {@code units} apart
   * @param q from {@code qFrom}
   * @param bias b from {@code biasFrom}, c {@code units} after it
   * @param before where h' is in {@code hidden}
   */
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
    for (int i = 0; i < count; i++) {
      float recurrent = at(q, qFrom + i) + at(bias, biasFrom + units + i);
      float z = at(gates, gate + 2L * units + i) + at(bias, biasFrom + i);
      float n = Scalars.tanh(Math.fma(at(gates, gate + i), recurrent, z));
      put(q, qFrom + i, recurrent);
      put(gates, gate + 2L * units + i, n);
      float u = at(gates, gate + units + i);
      put(hidden, after + i, Math.fma(u, at(hidden, before + i) - n, n));
    }
  }

  /**
   * From ∂L/∂h to ∂L/∂z of u and n, in place, and ∂L/∂h' by the direct way.
   *
   * @param dh ∂L/∂h from {@code dhFrom}
   * @param carried where ∂L/∂h' goes, from {@code carriedTo}
   */
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
    for (int i = 0; i < count; i++) {
      float u = at(gates, gate + units + i);
      float n = at(gates, gate + 2L * units + i);
      float h = at(dh, dhFrom + i);
      put(carried, carriedTo + i, h * u);
      put(gates, gate + units + i, h * (at(hidden, before + i) - n) * Math.fma(-u, u, u));
      put(gates, gate + 2L * units + i, h * (1f - u) * Math.fma(-n, n, 1f));
    }
  }

  /**
   * From ∂L/∂z of n to that of r, in place, and to ∂L/∂q.
   *
   * @param q q from {@code qFrom}; becomes ∂L/∂q
   */
  void gruResetBack(
      MemorySegment gates, long gate, int units, MemorySegment q, long qFrom, int count) {
    for (int i = 0; i < count; i++) {
      float r = at(gates, gate + i);
      float n = at(gates, gate + 2L * units + i);
      put(gates, gate + i, n * at(q, qFrom + i) * Math.fma(-r, r, r));
      put(q, qFrom + i, n * r);
    }
  }

  /** h = n + u ∘ (h' − n), from a row of r, u, n. */
  void gruMix(
      MemorySegment gates,
      long gate,
      int units,
      MemorySegment h,
      long before,
      long after,
      int count) {
    for (int i = 0; i < count; i++) {
      float n = at(gates, gate + 2L * units + i);
      put(h, after + i, Math.fma(at(gates, gate + units + i), at(h, before + i) - n, n));
    }
  }

  /**
   * From ∂L/∂(r ∘ h') to ∂L/∂z of r, in place of r, and to its part of ∂L/∂h'.
   *
   * @param s ∂L/∂(r ∘ h') from {@code sFrom}; becomes r times it
   */
  void resetBack(
      MemorySegment gates,
      long gate,
      MemorySegment before,
      long beforeFrom,
      MemorySegment s,
      long sFrom,
      int count) {
    for (int i = 0; i < count; i++) {
      float r = at(gates, gate + i);
      float through = at(s, sFrom + i);
      put(gates, gate + i, through * at(before, beforeFrom + i) * Math.fma(-r, r, r));
      put(s, sFrom + i, through * r);
    }
  }

  /** y ← y + x. */
  void add(MemorySegment x, long from, MemorySegment y, long to, int count) {
    for (int i = 0; i < count; i++) {
      put(y, to + i, at(y, to + i) + at(x, from + i));
    }
  }

  /** y ← y + a ∘ x. */
  void addProduct(
      MemorySegment a, long aFrom, MemorySegment x, long from, MemorySegment y, long to, int n) {
    for (int i = 0; i < n; i++) {
      put(y, to + i, Math.fma(at(a, aFrom + i), at(x, from + i), at(y, to + i)));
    }
  }

  /** z ← z ∘ (1 − y²). */
  void tanhBack(MemorySegment y, MemorySegment z, long from, int count) {
    for (int i = 0; i < count; i++) {
      float value = at(y, from + i);
      put(z, from + i, at(z, from + i) * Math.fma(-value, value, 1f));
    }
  }

  /** y ← a ∘ x. */
  void product(
      MemorySegment a, long aFrom, MemorySegment x, long from, MemorySegment y, long to, int n) {
    for (int i = 0; i < n; i++) {
      put(y, to + i, at(a, aFrom + i) * at(x, from + i));
    }
  }

  /** y ← y + a·x. */
  void addScaled(float a, MemorySegment x, long from, MemorySegment y, long to, int count) {
    for (int i = 0; i < count; i++) {
      put(y, to + i, Math.fma(a, at(x, from + i), at(y, to + i)));
    }
  }

  /** y ← a·x + b. */
  void scaleAndShift(
      float a, float b, MemorySegment x, long from, MemorySegment y, long to, int count) {
    for (int i = 0; i < count; i++) {
      put(y, to + i, Math.fma(a, at(x, from + i), b));
    }
  }

  /** z ← max(z + b, 0). */
  void relu(MemorySegment z, long from, MemorySegment bias, long biasFrom, int count) {
    for (int i = 0; i < count; i++) {
      put(z, from + i, Math.max(at(z, from + i) + at(bias, biasFrom + i), 0f));
    }
  }

  /** g ← 0 where y is 0. */
  void reluBack(MemorySegment y, MemorySegment g, long from, int count) {
    for (int i = 0; i < count; i++) {
      if (at(y, from + i) <= 0f) {
        put(g, from + i, 0f);
      }
    }
  }

  /**
   * y ← x / (1 − p) where kept, else 0; what is kept depends on the seed and the number alone.
   *
   * @param first number of the first value
   * @param threshold p in 2^-24
   * @param scale 1 / (1 − p)
   */
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
    for (int i = 0; i < count; i++) {
      boolean kept =
          hash((first + i) * GOLDEN + seed) >>> (Integer.SIZE - RANDOM_BITS) >= threshold;
      put(y, to + i, kept ? at(x, from + i) * scale : 0f);
    }
  }

  static int hash(int value) {
    int x = value;
    x ^= x >>> 16;
    x *= HASH_1;
    x ^= x >>> 13;
    x *= HASH_2;
    return x ^ (x >>> 16);
  }

  /**
   * One step of Adam on some parameters (Kingma and Ba 2015, algorithm 1; weight decay by
   * Loshchilov and Hutter 2019).
   *
   * @param w parameters
   * @param g their gradients
   * @param m first moments
   * @param v second moments
   */
  void adam(
      MemorySegment w,
      MemorySegment g,
      MemorySegment m,
      MemorySegment v,
      long from,
      int count,
      AdamStep step) {
    for (int i = 0; i < count; i++) {
      float old = at(w, from + i);
      float gradient = Math.fma(step.l2(), old, at(g, from + i) * step.gradientScale());
      float first = Math.fma(step.beta1(), at(m, from + i), (1f - step.beta1()) * gradient);
      float second =
          Math.fma(step.beta2(), at(v, from + i), (1f - step.beta2()) * gradient * gradient);
      put(m, from + i, first);
      put(v, from + i, second);
      float root = (float) Math.sqrt(second) * step.secondScale() + AdamStep.EPSILON;
      float update = Math.fma(step.decay(), old, first * step.firstScale() / root);
      put(w, from + i, Math.fma(-step.rate(), update, old));
    }
  }

  static float at(MemorySegment memory, long index) {
    return memory.getAtIndex(JAVA_FLOAT, index);
  }

  static void put(MemorySegment memory, long index, float value) {
    memory.setAtIndex(JAVA_FLOAT, index, value);
  }
}
