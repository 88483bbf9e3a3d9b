package io.ilteo.modelkit.recurrent;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Off-heap floats that grow when they must and are otherwise used again. */
final class Scratch {
  private static final long ALIGNMENT_BYTES = 64;

  private @Nullable MemorySegment memory;

  /** At least {@code floats} floats with undefined contents. */
  MemorySegment atLeast(long floats) {
    MemorySegment current = memory;
    long bytes = Math.max(1, floats) * Float.BYTES;
    if (current == null || current.byteSize() < bytes) {
      // Freed by the collector once no kernel holds it.
      current = Arena.ofAuto().allocate(bytes, ALIGNMENT_BYTES);
      memory = current;
    }
    return current;
  }
}
