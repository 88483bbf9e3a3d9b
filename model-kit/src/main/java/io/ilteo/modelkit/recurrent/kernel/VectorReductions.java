package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Reductions} with the partial sums of one accumulator of {@link #PARTS} lanes: one vector
 * where the machine has such, else two or four.
 */
final class VectorReductions extends Reductions {
  private static final VectorSpecies<Float> FLOATS = widest();
  private static final int LANES = FLOATS.length();
  private static final int VECTORS = PARTS / LANES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() > PARTS ? FloatVector.SPECIES_512 : preferred;
  }

  // All memory as one segment, as in VectorLoops.
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static FloatVector load(MemorySegment memory, long index) {
    return FloatVector.fromMemorySegment(
        FLOATS, ALL, memory.address() + index * Float.BYTES, ORDER);
  }

  @Override
  float sum(MemorySegment x, long from, int count) {
    float[] parts = new float[PARTS];
    int whole = count / PARTS * PARTS;
    for (int vector = 0; vector < VECTORS; vector++) {
      // Not a constant, which is an object and would make objects of all sums.
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = vector * LANES; i < whole; i += PARTS) {
        sum = sum.add(load(x, from + i));
      }
      sum.intoArray(parts, vector * LANES);
    }
    for (int i = whole; i < count; i++) {
      parts[i - whole] += Loops.at(x, from + i);
    }
    return fold(parts);
  }

  @Override
  float dot(MemorySegment x, long xFrom, MemorySegment y, long yFrom, int count) {
    float[] parts = new float[PARTS];
    int whole = count / PARTS * PARTS;
    for (int vector = 0; vector < VECTORS; vector++) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = vector * LANES; i < whole; i += PARTS) {
        sum = load(x, xFrom + i).fma(load(y, yFrom + i), sum);
      }
      sum.intoArray(parts, vector * LANES);
    }
    for (int i = whole; i < count; i++) {
      parts[i - whole] = Math.fma(Loops.at(x, xFrom + i), Loops.at(y, yFrom + i), parts[i - whole]);
    }
    return fold(parts);
  }
}
