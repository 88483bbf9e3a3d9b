package io.ilteo.modelkit.recurrent.kernel;

import static io.ilteo.modelkit.recurrent.kernel.Loops.HASH_1;
import static io.ilteo.modelkit.recurrent.kernel.Loops.HASH_2;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.EXPONENT_BIAS;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.LIMIT;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.LN2_HIGH;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.LN2_LOW;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.LOG2_E;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.MANTISSA_BITS;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.P0;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.P1;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.P2;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.P3;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.P4;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.P5;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.ROUND;
import static io.ilteo.modelkit.recurrent.kernel.Scalars.ROUND_BITS;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** What the loops do with one vector of floats. All of it is inlined into them. */
final class Lanes {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  static final int LANES = FLOATS.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  // All memory as one segment: checking each access against the bounds and the life of its own
  // costs as much as the arithmetic. Stages hold on to the memory that they hand to loops.
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  static final FloatVector ZERO = lanes(0f);
  static final FloatVector ONE = lanes(1f);
  private static final FloatVector TWO = lanes(2f);
  private static final FloatVector LIMIT_LANES = lanes(LIMIT);
  private static final FloatVector MINUS_LIMIT = lanes(-LIMIT);
  private static final FloatVector LOG2_E_LANES = lanes(LOG2_E);
  private static final FloatVector ROUND_LANES = lanes(ROUND);
  private static final FloatVector MINUS_LN2_HIGH = lanes(-LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = lanes(-LN2_LOW);
  private static final FloatVector P0_LANES = lanes(P0);
  private static final FloatVector P1_LANES = lanes(P1);
  private static final FloatVector P2_LANES = lanes(P2);
  private static final FloatVector P3_LANES = lanes(P3);
  private static final FloatVector P4_LANES = lanes(P4);
  private static final FloatVector P5_LANES = lanes(P5);

  /** 0, 1, 2 … */
  static final IntVector COUNTING = IntVector.zero(INTS).addIndex(1);

  private Lanes() {}

  static FloatVector lanes(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  static FloatVector load(MemorySegment memory, long index) {
    return FloatVector.fromMemorySegment(FLOATS, ALL, memory.address() + (index << 2), ORDER);
  }

  static void store(FloatVector vector, MemorySegment memory, long index) {
    vector.intoMemorySegment(ALL, memory.address() + (index << 2), ORDER);
  }

  private static FloatVector exp(FloatVector value) {
    // Not min and max, which take more care of zeros and NaN than is needed.
    FloatVector below = value.blend(LIMIT_LANES, value.compare(GT, LIMIT_LANES));
    FloatVector x = below.blend(MINUS_LIMIT, below.compare(LT, MINUS_LIMIT));
    FloatVector shifted = x.fma(LOG2_E_LANES, ROUND_LANES);
    FloatVector n = shifted.sub(ROUND_LANES);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, x));
    // Written out: a loop over coefficients would keep the vectors from staying in registers.
    FloatVector p =
        P0_LANES
            .fma(r, P1_LANES)
            .fma(r, P2_LANES)
            .fma(r, P3_LANES)
            .fma(r, P4_LANES)
            .fma(r, P5_LANES);
    FloatVector y = p.fma(r.mul(r), r).add(ONE);
    IntVector exponent =
        shifted.reinterpretAsInts().sub(ROUND_BITS - EXPONENT_BIAS).lanewise(LSHL, MANTISSA_BITS);
    return y.mul(exponent.reinterpretAsFloats());
  }

  static FloatVector sigmoid(FloatVector x) {
    return ONE.div(exp(x.neg()).add(ONE));
  }

  static FloatVector tanh(FloatVector x) {
    return sigmoid(x.add(x)).mul(TWO).sub(ONE);
  }

  /** 1 − x². */
  static FloatVector tanhSlope(FloatVector x) {
    return x.neg().fma(x, ONE);
  }

  /** x − x². */
  static FloatVector sigmoidSlope(FloatVector x) {
    return x.neg().fma(x, x);
  }

  static IntVector hash(IntVector value) {
    IntVector x = value;
    x = x.lanewise(XOR, x.lanewise(LSHR, 16)).mul(HASH_1);
    x = x.lanewise(XOR, x.lanewise(LSHR, 13)).mul(HASH_2);
    return x.lanewise(XOR, x.lanewise(LSHR, 16));
  }
}
