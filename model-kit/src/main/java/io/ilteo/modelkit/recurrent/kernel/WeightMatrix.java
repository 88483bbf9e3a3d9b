package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;
import java.lang.foreign.MemorySegment;

/**
 * The products of rows with one matrix of weights, W (n×m, column-major), and its gradient.
 *
 * <p>A general product packs its operands anew at every call. Weights change once a step and are
 * used once a time step, so here they are packed once a change, as panels of the width of a tile
 * ({@link Tiles}), their last columns filled up with zeros.
 */
final class WeightMatrix {
  private static final Tiles TILES = Tiles.BEST;

  private final Parameters parameters;
  private final long from;
  private final int n;
  private final int m;
  private final Panels plain;
  private final Panels transposed;
  private final MemorySegment tile = Scratch.allocate((long) Tiles.ROWS * TILES.columns());

  WeightMatrix(Parameters parameters, Block block) {
    this(parameters, block.from(), block.rows(), block.columns());
  }

  /** W of n rows and m columns from {@code from} among the parameters. */
  WeightMatrix(Parameters parameters, long from, int n, int m) {
    this.parameters = parameters;
    this.from = from;
    this.n = n;
    this.m = m;
    this.plain = new Panels(n, m);
    this.transposed = new Panels(m, n);
  }

  /** Z ← X·W; x [rows × n], z [rows × m]. */
  void multiply(int rows, Rows x, Rows z) {
    multiply(rows, x, false, z);
  }

  /** Z ← Z + X·W. */
  void addProduct(int rows, Rows x, Rows z) {
    multiply(rows, x, true, z);
  }

  private void multiply(int rows, Rows x, boolean adding, Rows z) {
    if (rows < Tiles.ROWS) {
      Blas.multiply(rows, n, m, x, parameters.values(), from, adding ? 1f : 0f, z);
    } else {
      multiply(plain.packed(false), n, m, rows, x, adding, z);
    }
  }

  /** dX ← dZ·Wᵀ; dz [rows × m], dx [rows × n]. */
  void multiplyTransposed(int rows, Rows dz, Rows dx) {
    multiplyTransposed(rows, dz, false, dx);
  }

  /** As {@link #multiplyTransposed(int, Rows, Rows)}; {@code adding}: to what stands in dX. */
  void multiplyTransposed(int rows, Rows dz, boolean adding, Rows dx) {
    if (rows < Tiles.ROWS) {
      Blas.multiplyTransposed(rows, n, m, dz, parameters.values(), from, adding ? 1f : 0f, dx);
    } else {
      multiply(transposed.packed(true), m, n, rows, dz, adding, dx);
    }
  }

  /** ∂L/∂W ← Xᵀ·dZ; zero without rows. */
  void gradient(int rows, Rows x, Rows dz) {
    if (rows == 0) {
      Columns.clear(parameters.gradients(), from, (long) n * m);
    } else {
      Blas.accumulate(rows, n, m, x, dz, 0f, parameters.gradients(), from);
    }
  }

  private void multiply(
      MemorySegment panels, int depth, int width, int rows, Rows x, boolean adding, Rows z) {
    int columns = TILES.columns();
    long xStride = (long) x.stride() * Float.BYTES;
    long zStride = (long) z.stride() * Float.BYTES;
    for (int column = 0; column < width; column += columns) {
      long panel = panels.address() + (long) column * depth * Float.BYTES;
      int wide = Math.min(columns, width - column);
      for (int done = 0; done < rows; done += Tiles.ROWS) {
        // The last tile overlaps the one before.
        int row = Math.min(done, rows - Tiles.ROWS);
        long source = x.memory().address() + x.from() * Float.BYTES + row * xStride;
        if (!adding && wide == columns) {
          long target = address(z, row, column, zStride);
          TILES.multiply(depth, source, xStride, panel, target, zStride);
        } else {
          long tileStride = (long) columns * Float.BYTES;
          TILES.multiply(depth, source, xStride, panel, tile.address(), tileStride);
          for (int r = done; r < Math.min(done + Tiles.ROWS, rows); r++) {
            long at = (long) (r - row) * columns;
            long to = z.from() + (long) r * z.stride() + column;
            if (adding) {
              Loops.BEST.add(tile, at, z.memory(), to, wide);
            } else {
              Columns.copy(tile, at, z.memory(), to, wide);
            }
          }
        }
      }
    }
  }

  private static long address(Rows z, int row, int column, long stride) {
    return z.memory().address() + (z.from() + column) * Float.BYTES + row * stride;
  }

  /** W or its transpose in panels, as it was when the parameters last changed. */
  private final class Panels {
    private final int depth;
    private final int width;
    private final Scratch scratch = new Scratch();
    private long version = -1;

    Panels(int depth, int width) {
      this.depth = depth;
      this.width = width;
    }

    MemorySegment packed(boolean turned) {
      int columns = TILES.columns();
      long panels = Math.ceilDiv(width, columns);
      MemorySegment packed = scratch.atLeast(panels * columns * depth);
      if (version != parameters.version()) {
        if (turned) {
          packColumns(packed, columns);
        } else {
          packRows(packed, columns);
        }
        version = parameters.version();
      }
      return packed;
    }

    /** Columns of W, each of them side by side in memory, become columns of panels. */
    private void packRows(MemorySegment packed, int columns) {
      MemorySegment values = parameters.values();
      for (int column = 0; column < width; column++) {
        long source = from + (long) column * depth;
        long target = (long) (column / columns) * columns * depth + column % columns;
        for (int i = 0; i < depth; i++) {
          Loops.put(packed, target + (long) i * columns, Loops.at(values, source + i));
        }
      }
    }

    /** Columns of W become rows of panels. */
    private void packColumns(MemorySegment packed, int columns) {
      for (int column = 0; column < width; column += columns) {
        int wide = Math.min(columns, width - column);
        long target = (long) column * depth;
        for (int i = 0; i < depth; i++) {
          long source = from + (long) i * width + column;
          Columns.copy(parameters.values(), source, packed, target + (long) i * columns, wide);
        }
      }
    }
  }
}
