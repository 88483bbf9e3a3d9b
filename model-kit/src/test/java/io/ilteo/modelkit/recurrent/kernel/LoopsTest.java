package io.ilteo.modelkit.recurrent.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vector loops and scalar loops are the same function, bit for bit. */
class LoopsTest {
  private static final int SIZE = 1_000;
  private static final int UNITS = 37;
  private static final Loops SCALAR = new Loops();
  private static final Loops VECTOR = new VectorLoops();

  /** One loop on three pieces of memory. */
  private record Case(String name, Run run) {
    @Override
    public String toString() {
      return name;
    }
  }

  private interface Run {
    void on(Loops loops, MemorySegment x, MemorySegment y, MemorySegment z, int count);
  }

  static Stream<Case> loops() {
    AdamStep step = new AdamStep(0.01f, 0.9f, 0.001f, 0.02f, 0.9f, 0.999f, 1.5f, 1.2f);
    return List.of(
        new Case("tanh", (l, x, y, z, n) -> l.tanh(x, 1, y, 2, n)),
        new Case("sigmoid", (l, x, y, z, n) -> l.sigmoid(x, 1, y, 2, n)),
        new Case(
            "lstmCell", (l, x, y, z, n) -> l.lstmCell(x, 3, UNITS, y, 0, 300, z, 0, z, 300, n)),
        new Case(
            "lstmOutputBack",
            (l, x, y, z, n) -> l.lstmOutputBack(x, 3, UNITS, y, 0, z, 0, z, 300, n)),
        new Case("lstmInputBack", (l, x, y, z, n) -> l.lstmInputBack(x, 3, UNITS, y, 0, z, 0, n)),
        new Case("sigmoidOfSum", (l, x, y, z, n) -> l.sigmoidOfSum(x, 1, y, 2, z, 3, n)),
        new Case(
            "gruCandidate",
            (l, x, y, z, n) -> l.gruCandidate(x, 3, UNITS, y, 0, y, 300, z, 0, 300, n)),
        new Case("gruMixBack", (l, x, y, z, n) -> l.gruMixBack(x, 3, UNITS, y, 0, z, 0, z, 300, n)),
        new Case("gruResetBack", (l, x, y, z, n) -> l.gruResetBack(x, 3, UNITS, y, 0, n)),
        new Case("gruMix", (l, x, y, z, n) -> l.gruMix(x, 3, UNITS, y, 0, 300, n)),
        new Case("resetBack", (l, x, y, z, n) -> l.resetBack(x, 3, y, 0, z, 0, n)),
        new Case("add", (l, x, y, z, n) -> l.add(x, 1, y, 2, n)),
        new Case("addProduct", (l, x, y, z, n) -> l.addProduct(x, 1, y, 2, z, 3, n)),
        new Case("tanhBack", (l, x, y, z, n) -> l.tanhBack(x, y, 1, n)),
        new Case("product", (l, x, y, z, n) -> l.product(x, 1, y, 2, z, 3, n)),
        new Case("addScaled", (l, x, y, z, n) -> l.addScaled(0.7f, x, 1, y, 2, n)),
        new Case("scaleAndShift", (l, x, y, z, n) -> l.scaleAndShift(0.7f, -2f, x, 1, y, 2, n)),
        new Case("relu", (l, x, y, z, n) -> l.relu(x, 1, y, 2, n)),
        new Case("reluBack", (l, x, y, z, n) -> l.reluBack(x, y, 1, n)),
        new Case("drop", (l, x, y, z, n) -> l.drop(x, 1, y, 2, 5, 99, 1 << 22, 1.3f, n)),
        new Case("adam", (l, x, y, z, n) -> l.adam(x, y, z, z, 3, n, step)))
        .stream();
  }

  @ParameterizedTest
  @MethodSource("loops")
  void vectorsEqualScalarsBitForBit(Case loop) {
    for (int count : new int[] {0, 1, 3, 8, 13, UNITS}) {
      float[][] expected = run(SCALAR, loop, count);
      float[][] actual = run(VECTOR, loop, count);
      assertThat(actual).as("%s of %d", loop, count).isDeepEqualTo(expected);
    }
  }

  private static float[][] run(Loops loops, Case loop, int count) {
    Random random = new Random(count);
    MemorySegment[] memory = new MemorySegment[3];
    for (int k = 0; k < memory.length; k++) {
      memory[k] = Scratch.allocate(SIZE);
      for (int i = 0; i < SIZE; i++) {
        // In (0, 1) often enough for what takes gates, and far outside now and then.
        float value = i % 50 == 0 ? 200f * (float) random.nextGaussian() : random.nextFloat();
        Loops.put(memory[k], i, value);
      }
    }
    loop.run().on(loops, memory[0], memory[1], memory[2], count);
    return Stream.of(memory)
        .map(each -> each.toArray(ValueLayout.JAVA_FLOAT))
        .toArray(float[][]::new);
  }

  @Test
  void functionsAreAsExactAsTheyPromise() {
    for (double x = -90; x <= 90; x += 0.01) {
      float given = (float) x;
      assertThat((double) Scalars.sigmoid(given))
          .isCloseTo(1 / (1 + Math.exp(-(double) given)), within(3e-7));
      assertThat((double) Scalars.tanh(given)).isCloseTo(Math.tanh(given), within(3e-7));
      if (Math.abs(given) < Scalars.LIMIT) {
        double exact = Math.exp(given);
        assertThat(Scalars.exp(given) / exact).isCloseTo(1, within(2e-7));
      }
    }
    assertThat(Scalars.sigmoid(Float.NaN)).isNaN();
  }

  @Test
  void dropsAsManyAsItShould() {
    int count = 100_000;
    MemorySegment ones = Scratch.allocate(count);
    for (int i = 0; i < count; i++) {
      Loops.put(ones, i, 1f);
    }
    MemorySegment kept = Scratch.allocate(count);
    new Dropout(0.3, 1).apply(new Pass(count, 1, null, true, 42), ones, 0, kept, 0, count);
    double sum = 0;
    int zeros = 0;
    for (int i = 0; i < count; i++) {
      sum += Loops.at(kept, i);
      zeros += Loops.at(kept, i) == 0f ? 1 : 0;
    }
    assertThat(zeros / (double) count).isCloseTo(0.3, within(0.01));
    assertThat(sum / count).isCloseTo(1, within(0.01));
  }
}
