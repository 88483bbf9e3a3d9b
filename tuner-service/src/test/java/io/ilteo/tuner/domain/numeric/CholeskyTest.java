package io.ilteo.tuner.domain.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 33, 65})
  void solvesAsTheOracleDoes(int n) {
    double[][] a = positiveDefinite(n, 11L + n);
    double[] b = new Random(n).doubles(n, -1, 1).toArray();
    Cholesky factor = factor(a);
    CholeskyDecomposition oracle = new CholeskyDecomposition(new Array2DRowRealMatrix(a));
    double[] expected = oracle.getSolver().solve(new ArrayRealVector(b)).toArray();
    double[] solved = factor.solve(b);
    double[][] inverse = factor.inverse();
    for (int i = 0; i < n; i++) {
      assertThat(solved[i]).isCloseTo(expected[i], within(1e-9 * n));
      double product = 0;
      for (int j = 0; j < n; j++) {
        product += inverse[i][j] * b[j];
      }
      assertThat(product).isCloseTo(expected[i], within(1e-9 * n));
    }
    double logDeterminant = Math.log(oracle.getDeterminant());
    assertThat(factor.logDeterminant()).isCloseTo(logDeterminant, within(1e-9 * n));
  }

  @Test
  void appendingGivesTheBitsOfFactoringAtOnce() {
    double[][] a = positiveDefinite(20, 3);
    Cholesky grown = factor(Arrays.copyOf(a, 13)).copy();
    for (int i = 13; i < 20; i++) {
      grown.append(a[i]);
    }
    double[] b = new Random(1).doubles(20).toArray();
    assertThat(grown.solve(b)).containsExactly(factor(a).solve(b));
    assertThat(factor(a).prefix(13).solve(b))
        .containsExactly(factor(Arrays.copyOf(a, 13)).solve(b));
  }

  @Test
  void indefiniteMatrixIsRefused() {
    Cholesky factor = new Cholesky(2);
    factor.append(new double[] {1});
    assertThatThrownBy(() -> factor.append(new double[] {2, 1}))
        .isInstanceOf(ArithmeticException.class);
  }

  private static Cholesky factor(double[][] a) {
    Cholesky factor = new Cholesky(a.length);
    for (double[] row : a) {
      factor.append(row);
    }
    return factor;
  }

  private static double[][] positiveDefinite(int n, long seed) {
    Random random = new Random(seed);
    double[][] b = new double[n][n + 2];
    for (double[] row : b) {
      Arrays.setAll(row, k -> random.nextGaussian());
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n + 2; k++) {
          a[i][j] += b[i][k] * b[j][k] / n;
        }
        a[i][j] += i == j ? 0.5 : 0;
      }
    }
    return a;
  }
}
