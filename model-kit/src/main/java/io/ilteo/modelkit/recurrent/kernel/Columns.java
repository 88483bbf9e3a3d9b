package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/** What is done to whole columns or ranges of a matrix of rows. */
final class Columns {
  private Columns() {}

  /** Sums columns of [rows × width] into {@code sums} from {@code to}, in the order of rows. */
  static void sum(MemorySegment matrix, int rows, int width, MemorySegment sums, long to) {
    clear(sums, to, width);
    for (int row = 0; row < rows; row++) {
      Loops.BEST.add(matrix, (long) row * width, sums, to, width);
    }
  }

  /** Zeroes {@code count} floats. */
  static void clear(MemorySegment memory, long from, long count) {
    memory.asSlice(from * Float.BYTES, count * Float.BYTES).fill((byte) 0);
  }

  /** Copies {@code count} floats. */
  static void copy(MemorySegment source, long from, MemorySegment target, long to, long count) {
    MemorySegment.copy(source, from * Float.BYTES, target, to * Float.BYTES, count * Float.BYTES);
  }
}
