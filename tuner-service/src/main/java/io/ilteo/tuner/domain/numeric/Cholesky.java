package io.ilteo.tuner.domain.numeric;

import java.util.Arrays;

/**
 * A growing Cholesky factor: A (n×n) = L·Lᵀ, L lower triangular, built row by row.
 *
 * <p>Row i of L depends on rows 0 to i of A only (Banachiewicz order), so appending rows gives the
 * very bits that factoring the larger matrix from nothing gives.
 */
public final class Cholesky {
  private double[][] rows;
  private int size;

  /** An empty factor with room for {@code capacity} rows. */
  public Cholesky(int capacity) {
    rows = new double[Math.max(1, capacity)][];
  }

  /** A copy that can grow by itself; rows are shared, since they never change. */
  public Cholesky copy() {
    return prefix(size);
  }

  /** The factor of the first {@code length} rows and columns. */
  public Cholesky prefix(int length) {
    Cholesky prefix = new Cholesky(length);
    System.arraycopy(rows, 0, prefix.rows, 0, length);
    prefix.size = length;
    return prefix;
  }

  /** n. */
  public int size() {
    return size;
  }

  /**
   * Appends row n of A: its first n + 1 entries.
   *
   * @throws ArithmeticException if A is then not positive definite
   */
  public void append(double[] a) {
    double[] row = new double[size + 1];
    for (int j = 0; j < size; j++) {
      row[j] = (a[j] - dot(row, rows[j], j)) / rows[j][j];
    }
    double pivot = a[size] - dot(row, row, size);
    if (!(pivot > 0)) {
      throw new ArithmeticException("row " + size + ": pivot " + pivot + " is not positive");
    }
    row[size] = Math.sqrt(pivot);
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = row;
  }

  /** L⁻¹·b, b (n). */
  public double[] forward(double[] b) {
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = (b[i] - dot(rows[i], x, i)) / rows[i][i];
    }
    return x;
  }

  /** L⁻ᵀ·b, b (n). */
  public double[] backward(double[] b) {
    double[] x = Arrays.copyOf(b, size);
    for (int i = size - 1; i >= 0; i--) {
      double[] row = rows[i];
      x[i] /= row[i];
      for (int j = 0; j < i; j++) {
        x[j] -= row[j] * x[i];
      }
    }
    return x;
  }

  /** A⁻¹·b, b (n). */
  public double[] solve(double[] b) {
    return backward(forward(b));
  }

  /** A⁻¹ (n×n). */
  public double[][] inverse() {
    double[][] inverse = new double[size][];
    for (int i = 0; i < size; i++) {
      double[] unit = new double[size];
      unit[i] = 1;
      inverse[i] = solve(unit);
    }
    return inverse;
  }

  /** log det A. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.log(rows[i][i]);
    }
    return 2 * sum;
  }

  private static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
