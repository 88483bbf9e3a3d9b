package io.ilteo.modelkit.recurrent.kernel;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;

/** The products of rows with one matrix of weights, W (n×m, column-major), and its gradient. */
final class WeightMatrix {
  private final Parameters parameters;
  private final long from;
  private final int n;
  private final int m;

  WeightMatrix(Parameters parameters, Block block) {
    this(parameters, block.from(), block.rows(), block.columns());
  }

  /** W of n rows and m columns from {@code from} among the parameters. */
  WeightMatrix(Parameters parameters, long from, int n, int m) {
    this.parameters = parameters;
    this.from = from;
    this.n = n;
    this.m = m;
  }

  /** Z ← X·W; x [rows × n], z [rows × m]. */
  void multiply(int rows, Rows x, Rows z) {
    Blas.multiply(rows, n, m, x, parameters.values(), from, 0f, z);
  }

  /** Z ← Z + X·W. */
  void addProduct(int rows, Rows x, Rows z) {
    Blas.multiply(rows, n, m, x, parameters.values(), from, 1f, z);
  }

  /** dX ← dZ·Wᵀ; dz [rows × m], dx [rows × n]. */
  void multiplyTransposed(int rows, Rows dz, Rows dx) {
    multiplyTransposed(rows, dz, false, dx);
  }

  /** As {@link #multiplyTransposed(int, Rows, Rows)}; {@code adding}: to what stands in dX. */
  void multiplyTransposed(int rows, Rows dz, boolean adding, Rows dx) {
    Blas.multiplyTransposed(rows, n, m, dz, parameters.values(), from, adding ? 1f : 0f, dx);
  }

  /** ∂L/∂W ← Xᵀ·dZ; zero without rows. */
  void gradient(int rows, Rows x, Rows dz) {
    if (rows == 0) {
      Columns.clear(parameters.gradients(), from, (long) n * m);
    } else {
      Blas.accumulate(rows, n, m, x, dz, 0f, parameters.gradients(), from);
    }
  }
}
