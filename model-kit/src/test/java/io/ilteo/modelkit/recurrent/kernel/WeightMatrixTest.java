package io.ilteo.modelkit.recurrent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.modelkit.recurrent.kernel.Blas.Rows;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products and reductions against sums in double precision, vectors against scalars. */
class WeightMatrixTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "1, 3, 5",
    "5, 13, 16",
    "6, 1, 1",
    "7, 33, 48",
    "13, 127, 3",
    "64, 24, 17",
    "127, 128, 130"
  })
  void productsEqualTheirDefinition(int rows, int n, int m) {
    Parameters parameters = new Parameters();
    parameters.vector("before", 1, 7, new Initialisation.Constant(0));
    WeightMatrix matrix =
        new WeightMatrix(parameters, parameters.weights("W", n, m, new Initialisation.Constant(0)));
    MemorySegment values = random(7 + (long) n * m, 1);
    parameters.freeze(values);
    // Rows wider apart than they are long, and not from the beginning.
    Rows x = new Rows(random(2 + (long) rows * (n + 3), 2), 2, n + 3);
    Rows z = new Rows(random(1 + (long) rows * (m + 2), 3), 1, m + 2);

    Rows product = copy(z);
    matrix.multiply(rows, x, product);
    Rows sum = copy(z);
    matrix.addProduct(rows, x, sum);
    Rows back = copy(x);
    matrix.multiplyTransposed(rows, z, false, back);
    Rows backSum = copy(x);
    matrix.multiplyTransposed(rows, z, true, backSum);

    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < m; j++) {
        double exact = 0;
        for (int i = 0; i < n; i++) {
          exact += (double) at(x, r, i) * Loops.at(values, 7 + (long) j * n + i);
        }
        assertThat(at(product, r, j)).isCloseTo((float) exact, within((float) TOLERANCE));
        assertThat((double) at(sum, r, j)).isCloseTo(exact + at(z, r, j), within(TOLERANCE));
      }
      for (int i = 0; i < n; i++) {
        double exact = 0;
        for (int j = 0; j < m; j++) {
          exact += (double) at(z, r, j) * Loops.at(values, 7 + (long) j * n + i);
        }
        assertThat((double) at(back, r, i)).isCloseTo(exact, within(TOLERANCE));
        assertThat((double) at(backSum, r, i)).isCloseTo(exact + at(x, r, i), within(TOLERANCE));
      }
    }
    assertNothingBetweenRowsTouched(rows, m, z, product);
    assertNothingBetweenRowsTouched(rows, n, x, back);
  }

  private static void assertNothingBetweenRowsTouched(
      int rows, int width, Rows before, Rows after) {
    for (int r = 0; r < rows; r++) {
      for (int j = width; j < before.stride() && r < rows - 1; j++) {
        assertThat(at(after, r, j)).isEqualTo(at(before, r, j));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "15", "16", "17", "127", "1000"})
  void reductionsOfVectorsEqualThoseOfScalars(int count) {
    MemorySegment x = random(count + 1L, 6);
    MemorySegment y = random(count + 2L, 7);
    Reductions vectors = new VectorReductions();
    Reductions scalars = new Reductions();
    assertThat(vectors.sum(x, 1, count)).isEqualTo(scalars.sum(x, 1, count));
    assertThat(vectors.dot(x, 1, y, 2, count)).isEqualTo(scalars.dot(x, 1, y, 2, count));
    double exact = 0;
    for (int i = 0; i < count; i++) {
      exact += (double) Loops.at(x, 1 + i) * Loops.at(y, 2 + i);
    }
    assertThat((double) scalars.dot(x, 1, y, 2, count)).isCloseTo(exact, within(TOLERANCE));
  }

  private static MemorySegment random(long count, long seed) {
    Random random = new Random(seed);
    MemorySegment memory = Scratch.allocate(count);
    for (int i = 0; i < count; i++) {
      Loops.put(memory, i, random.nextFloat() - 0.5f);
    }
    return memory;
  }

  private static Rows copy(Rows rows) {
    MemorySegment memory = Scratch.allocate(rows.memory().byteSize() / Float.BYTES);
    return new Rows(memory.copyFrom(rows.memory()), rows.from(), rows.stride());
  }

  private static float at(Rows rows, int row, int column) {
    return Loops.at(rows.memory(), rows.from() + (long) row * rows.stride() + column);
  }
}
