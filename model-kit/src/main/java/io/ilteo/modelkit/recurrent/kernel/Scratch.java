package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Off-heap floats that grow when they must and are otherwise used again. */
public final class Scratch {
  private static final long ALIGNMENT_BYTES = 64;

  private MemorySegment memory = MemorySegment.NULL;

  /** At least {@code floats} floats with undefined contents. */
  public MemorySegment atLeast(long floats) {
    if (memory.byteSize() < floats * Float.BYTES) {
      memory = allocate(floats);
    }
    return memory;
  }

  /** New floats, all zero, freed by the collector once nobody can reach them. */
  public static MemorySegment allocate(long floats) {
    return Arena.ofAuto().allocate(Math.max(1, floats) * Float.BYTES, ALIGNMENT_BYTES);
  }
}
