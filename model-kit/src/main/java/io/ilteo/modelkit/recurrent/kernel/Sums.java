package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;

/** Sums of gradients that come back by several ways. */
public final class Sums {
  private Sums() {}

  /** y ← y + x over {@code count} floats. */
  public static void add(MemorySegment x, MemorySegment y, int count) {
    Loops.BEST.add(x, 0, y, 0, count);
  }
}
