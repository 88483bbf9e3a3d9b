package io.ilteo.modelkit.recurrent.kernel;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Single-precision matrix products by the OpenBLAS that ND4J carries.
 *
 * <p>X and Z are matrices of rows (row-major); a weight matrix W (N×M) is column-major. To a
 * library that thinks in columns a matrix of rows is its transpose, so that nothing is ever copied.
 *
 * <p>One thread: a product of our sizes gains nothing from more, and trials run side by side.
 */
public final class Blas {
  static {
    openblas.blas_set_num_threads(1);
  }

  private static final int COLUMNS = openblas.CblasColMajor;
  private static final int PLAIN = openblas.CblasNoTrans;
  private static final int TRANSPOSED = openblas.CblasTrans;

  /** What each thread has spent here; reading a clock twice is nothing to the least of products. */
  private static final ThreadLocal<long[]> NANOS = ThreadLocal.withInitial(() -> new long[1]);

  private Blas() {}

  /** Time that this thread has spent in matrix products so far. */
  public static long nanosOfThisThread() {
    return NANOS.get()[0];
  }

  private static void spentSince(long begun) {
    NANOS.get()[0] += System.nanoTime() - begun;
  }

  /** Where a matrix of rows begins, and how far apart its rows are. */
  public record Rows(MemorySegment memory, long from, int stride) {
    /** Rows side by side from the beginning of {@code memory}. */
    public static Rows of(MemorySegment memory, int width) {
      return new Rows(memory, 0, width);
    }

    Address address() {
      return Blas.address(memory, from);
    }
  }

  /**
   * Z ← X·W + β·Z.
   *
   * @param rows rows of X and Z
   * @param x [rows × n]
   * @param w W from {@code wFrom} (n×m)
   * @param z [rows × m]
   */
  public static void multiply(
      int rows, int n, int m, Rows x, MemorySegment w, long wFrom, float beta, Rows z) {
    long begun = System.nanoTime();
    Address weights = address(w, wFrom);
    if (rows == 1) {
      openblas.cblas_sgemv(
          COLUMNS, TRANSPOSED, n, m, 1f, weights, n, x.address(), 1, beta, z.address(), 1);
      spentSince(begun);
      return;
    }
    openblas.cblas_sgemm(
        COLUMNS,
        TRANSPOSED,
        PLAIN,
        m,
        rows,
        n,
        1f,
        weights,
        n,
        x.address(),
        x.stride(),
        beta,
        z.address(),
        z.stride());
    spentSince(begun);
  }

  /**
   * dX ← dZ·Wᵀ + β·dX.
   *
   * @param rows rows of dX and dZ
   * @param z [rows × m]
   * @param w W from {@code wFrom} (n×m)
   * @param x [rows × n]
   */
  public static void multiplyTransposed(
      int rows, int n, int m, Rows z, MemorySegment w, long wFrom, float beta, Rows x) {
    long begun = System.nanoTime();
    openblas.cblas_sgemm(
        COLUMNS,
        PLAIN,
        PLAIN,
        n,
        rows,
        m,
        1f,
        address(w, wFrom),
        n,
        z.address(),
        z.stride(),
        beta,
        x.address(),
        x.stride());
    spentSince(begun);
  }

  /**
   * dW ← Xᵀ·dZ + β·dW.
   *
   * @param rows rows of X and dZ
   * @param x [rows × n]
   * @param z [rows × m]
   * @param w dW from {@code wFrom} (n×m)
   */
  public static void accumulate(
      int rows, int n, int m, Rows x, Rows z, float beta, MemorySegment w, long wFrom) {
    long begun = System.nanoTime();
    openblas.cblas_sgemm(
        COLUMNS,
        PLAIN,
        TRANSPOSED,
        n,
        m,
        rows,
        1f,
        x.address(),
        x.stride(),
        z.address(),
        z.stride(),
        beta,
        address(w, wFrom),
        n);
    spentSince(begun);
  }

  private static Address address(MemorySegment memory, long from) {
    return new Address(memory.address() + from * Float.BYTES);
  }

  /** A pointer to memory that somebody else owns. */
  static final class Address extends FloatPointer {
    Address(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }
}
