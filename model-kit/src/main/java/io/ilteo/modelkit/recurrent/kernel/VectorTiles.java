package io.ilteo.modelkit.recurrent.kernel;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link Tiles} of two vectors' width, their sums in twelve registers. */
final class VectorTiles extends Tiles {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final long VECTOR_BYTES = FLOATS.vectorByteSize();
  private static final FloatVector ZERO = FloatVector.zero(FLOATS);

  private static FloatVector load(long address) {
    return FloatVector.fromMemorySegment(FLOATS, ALL, address, ORDER);
  }

  private static FloatVector lanes(long address) {
    return FloatVector.broadcast(FLOATS, at(address));
  }

  private static void store(FloatVector left, FloatVector right, long address) {
    left.intoMemorySegment(ALL, address, ORDER);
    right.intoMemorySegment(ALL, address + VECTOR_BYTES, ORDER);
  }

  @Override
  int columns() {
    return 2 * FLOATS.length();
  }

  // Written out: an array of vectors would live in memory. Starting from zero and adding to what
  // stands in z elsewhere is a third faster than starting from it here.
  @Override
  void multiply(int k, long x, long xStride, long panel, long z, long zStride) {
    FloatVector c0 = ZERO;
    FloatVector d0 = ZERO;
    FloatVector c1 = ZERO;
    FloatVector d1 = ZERO;
    FloatVector c2 = ZERO;
    FloatVector d2 = ZERO;
    FloatVector c3 = ZERO;
    FloatVector d3 = ZERO;
    FloatVector c4 = ZERO;
    FloatVector d4 = ZERO;
    FloatVector c5 = ZERO;
    FloatVector d5 = ZERO;
    for (int i = 0; i < k; i++) {
      FloatVector left = load(panel + i * 2 * VECTOR_BYTES);
      FloatVector right = load(panel + i * 2 * VECTOR_BYTES + VECTOR_BYTES);
      FloatVector factor = lanes(x + i * (long) Float.BYTES);
      c0 = factor.fma(left, c0);
      d0 = factor.fma(right, d0);
      factor = lanes(x + i * (long) Float.BYTES + xStride);
      c1 = factor.fma(left, c1);
      d1 = factor.fma(right, d1);
      factor = lanes(x + i * (long) Float.BYTES + 2 * xStride);
      c2 = factor.fma(left, c2);
      d2 = factor.fma(right, d2);
      factor = lanes(x + i * (long) Float.BYTES + 3 * xStride);
      c3 = factor.fma(left, c3);
      d3 = factor.fma(right, d3);
      factor = lanes(x + i * (long) Float.BYTES + 4 * xStride);
      c4 = factor.fma(left, c4);
      d4 = factor.fma(right, d4);
      factor = lanes(x + i * (long) Float.BYTES + 5 * xStride);
      c5 = factor.fma(left, c5);
      d5 = factor.fma(right, d5);
    }
    store(c0, d0, z);
    store(c1, d1, z + zStride);
    store(c2, d2, z + 2 * zStride);
    store(c3, d3, z + 3 * zStride);
    store(c4, d4, z + 4 * zStride);
    store(c5, d5, z + 5 * zStride);
  }
}
