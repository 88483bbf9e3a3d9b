package io.ilteo.modelkit.recurrent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * The innermost part of a matrix product: a tile of few rows and columns, which stays in registers
 * while it is summed (Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication,
 * 2008).
 *
 * <p>Every element is one chain of fused multiply-adds in the order of k, so that {@link
 * VectorTiles} gives the same bits whatever the vector length. Addresses and strides count bytes;
 * the caller holds on to the memory behind them.
 */
class Tiles {
  /** Rows of a tile. */
  static final int ROWS = 6;

  /** What this machine runs best. */
  static final Tiles BEST = VectorApi.PRESENT ? new VectorTiles() : new Tiles();

  // As in VectorLoops: checks of bounds and life cost as much as the arithmetic.
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final int COLUMNS = 16;

  /** Columns of a tile, and of a panel of weights. */
  int columns() {
    return COLUMNS;
  }

  /**
   * z ← x · panel.
   *
   * @param k columns of x, rows of the panel
   * @param x [ROWS × k]
   * @param panel [k × columns], rows side by side
   * @param z [ROWS × columns]
   */
  void multiply(int k, long x, long xStride, long panel, long z, long zStride) {
    for (int row = 0; row < ROWS; row++) {
      float[] sums = new float[COLUMNS];
      for (int i = 0; i < k; i++) {
        float factor = at(x + row * xStride + (long) i * Float.BYTES);
        long weights = panel + (long) i * COLUMNS * Float.BYTES;
        for (int j = 0; j < COLUMNS; j++) {
          sums[j] = Math.fma(factor, at(weights + (long) j * Float.BYTES), sums[j]);
        }
      }
      for (int j = 0; j < COLUMNS; j++) {
        put(z + row * zStride + (long) j * Float.BYTES, sums[j]);
      }
    }
  }

  static float at(long address) {
    return ALL.get(JAVA_FLOAT_UNALIGNED, address);
  }

  static void put(long address, float value) {
    ALL.set(JAVA_FLOAT_UNALIGNED, address, value);
  }
}
