package io.ilteo.modelkit.recurrent;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Single-precision matrix products on column-major off-heap matrices, by the OpenBLAS that ND4J
 * carries.
 *
 * <p>One thread: a product of our sizes gains nothing from more, and trials run side by side.
 */
final class Blas {
  static {
    openblas.blas_set_num_threads(1);
  }

  private Blas() {}

  /**
   * C ← A·B + β·C.
   *
   * @param m rows of A and C
   * @param n columns of B and C
   * @param k columns of A, rows of B
   * @param a address of A (m×k), leading dimension {@code lda}; transposed if {@code transA}
   * @param b address of B (k×n), leading dimension {@code ldb}; transposed if {@code transB}
   * @param c address of C (m×n), leading dimension m
   */
  static void sgemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c) {
    openblas.cblas_sgemm(
        openblas.CblasColMajor,
        transA ? openblas.CblasTrans : openblas.CblasNoTrans,
        transB ? openblas.CblasTrans : openblas.CblasNoTrans,
        m,
        n,
        k,
        1f,
        new Address(a),
        lda,
        new Address(b),
        ldb,
        beta,
        new Address(c),
        m);
  }

  /** A pointer to memory that somebody else owns. */
  private static final class Address extends FloatPointer {
    Address(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }
}
