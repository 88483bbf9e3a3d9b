package io.ilteo.modelkit.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceNetworkTest {
  private static final double DROPOUT = 0.3;

  static Stream<NetworkSpec> specs() {
    return Stream.concat(
        Cases.specs(),
        Stream.of(
            Cases.spec(
                3,
                new Encoder.Recurrent(Cell.LSTM, List.of(4, 3), true, 0.3, Pooling.LAST),
                Cases.heads(),
                true,
                DROPOUT),
            Cases.spec(
                3,
                new Encoder.Recurrent(Cell.GRU, List.of(4), false, 0.4, Pooling.ATTENTION),
                Cases.heads(),
                true,
                DROPOUT),
            Cases.spec(
                3,
                new Encoder.Recurrent(
                    Cell.GRU_RESET_BEFORE, List.of(4, 4), false, 0.4, Pooling.LAST),
                Cases.heads(),
                false,
                DROPOUT),
            Cases.spec(
                3,
                new Encoder.SelfAttention(2, 4, 2, 6, Pooling.LAST),
                Cases.heads(),
                true,
                DROPOUT)));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theSameSeedsGiveTheSameWeightsAndOthersOthers(NetworkSpec spec) {
    float[] weights = trained(spec, 1, 2).weights();
    assertThat(trained(spec, 1, 2).weights()).isEqualTo(weights);
    assertThat(trained(spec, 2, 2).weights()).isNotEqualTo(weights);
    if (spec.dropout() > 0) {
      assertThat(trained(spec, 1, 3).weights()).isNotEqualTo(weights);
    }
  }

  private static SequenceNetwork trained(NetworkSpec spec, long seed, long stepSeed) {
    SequenceNetwork network = SequenceNetwork.create(spec, seed);
    network.seedSteps(stepSeed);
    for (int step = 0; step < 3; step++) {
      network.trainStep(new RandomBatch(spec, 6, 4, 0.2, step).batch());
    }
    return network;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void trainingGoesOnWhereAFileLeftIt(NetworkSpec spec) {
    SequenceNetwork network = trained(spec, 1, 2);
    byte[] saved = network.save(true);
    SequenceNetwork back = SequenceNetwork.load(saved, true);
    RandomBatch batch = new RandomBatch(spec, 6, 4, 0.2, 9);
    requireSame(back.predict(batch.batch()), network.predict(batch.batch()));
    assertThat(back.save(true)).isEqualTo(saved);
    for (SequenceNetwork each : List.of(network, back)) {
      each.seedSteps(7);
      each.trainStep(batch.batch());
    }
    assertThat(back.weights()).isEqualTo(network.weights());
    assertThat(back.spec()).isEqualTo(spec);
  }

  /** With dropout the twins cannot help: the loss must change as the gradient says. */
  @ParameterizedTest
  @MethodSource("specs")
  void lossesChangeAsGradientsSayWithWhatIsDropped(NetworkSpec spec) {
    SequenceNetwork network = SequenceNetwork.create(spec, 5);
    SequenceBatch batch = new RandomBatch(spec, 40, 4, 0.2, 6).batch();
    float[] weights = network.weights();
    network.gradients(batch, 11);
    float[] gradient =
        network
            .parameters()
            .gradients()
            .asSlice(0, (long) weights.length * Float.BYTES)
            .toArray(ValueLayout.JAVA_FLOAT);
    double square = 0;
    for (float each : gradient) {
      square += (double) each * each;
    }
    double step = 1e-3 / Math.sqrt(square);
    double above = lossAt(network, batch, weights, gradient, step);
    double below = lossAt(network, batch, weights, gradient, -step);
    assertThat((above - below) / (2 * step)).isCloseTo(square, within(0.02 * square));
  }

  private static double lossAt(
      SequenceNetwork network,
      SequenceBatch batch,
      float[] weights,
      float[] direction,
      double step) {
    float[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    network.setWeights(moved);
    return network.gradients(batch, 11);
  }

  @Test
  void gapsLeaveTheStateAsItWas() {
    for (Cell cell : Cell.values()) {
      NetworkSpec spec =
          Cases.spec(
              3,
              new Encoder.Recurrent(cell, List.of(5, 4), false, 0, Pooling.LAST),
              List.of(new HeadSpec.Regression("y", 1)),
              false,
              0);
      SequenceNetwork network = SequenceNetwork.create(spec, 1);
      RandomBatch gapped = new RandomBatch(spec, 2, 4, 0, 3);
      RandomBatch without = new RandomBatch(spec, 2, 3, 0, 3);
      for (int b = 0; b < 2; b++) {
        gapped.observed[b][1] = false;
        without.numbers[b][0] = gapped.numbers[b][0];
        without.numbers[b][1] = gapped.numbers[b][2];
        without.numbers[b][2] = gapped.numbers[b][3];
      }
      requireSame(network.predict(gapped.batch()), network.predict(without.batch()));
    }
  }

  @Test
  void attentionIsADistributionOverObservedSteps() {
    NetworkSpec spec =
        Cases.spec(
            3,
            new Encoder.Recurrent(Cell.GRU, List.of(4), false, 0, Pooling.ATTENTION),
            Cases.heads(),
            true,
            0);
    RandomBatch batch = new RandomBatch(spec, 8, 5, 0.4, 2);
    float[][] attention = SequenceNetwork.create(spec, 1).attention(batch.batch());
    for (int b = 0; b < 8; b++) {
      double sum = 0;
      for (int t = 0; t < 5; t++) {
        sum += attention[b][t];
        assertThat(attention[b][t] > 0).isEqualTo(batch.observed[b][t]);
      }
      boolean any = IntStream.range(0, 5).anyMatch(lambda(batch.observed[b])::get);
      assertThat(sum).isCloseTo(any ? 1 : 0, within(1e-6));
    }
    NetworkSpec last = Cases.spec(3, Encoder.lstm(List.of(4)), Cases.heads(), false, 0);
    SequenceNetwork unpooled = SequenceNetwork.create(last, 1);
    assertThatThrownBy(() -> unpooled.attention(new RandomBatch(last, 1, 2, 0, 1).batch()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("attention");
  }

  private interface Observed {
    boolean get(int step);
  }

  private static Observed lambda(boolean[] observed) {
    return step -> observed[step];
  }

  @Test
  void replicasPredictTheSameBesideEachOther() throws InterruptedException, ExecutionException {
    NetworkSpec spec = Cases.spec(3, Encoder.lstm(List.of(16, 16)), Cases.heads(), true, 0);
    SequenceNetwork network = trained(spec, 1, 2);
    List<float[][]> expected = network.predict(new RandomBatch(spec, 9, 4, 0.2, 9).batch());
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> runs =
          IntStream.range(0, 4)
              .<Future<?>>mapToObj(
                  thread ->
                      threads.submit(
                          () -> {
                            SequenceNetwork replica = network.replica();
                            SequenceBatch batch = new RandomBatch(spec, 9, 4, 0.2, 9).batch();
                            for (int i = 0; i < 200; i++) {
                              requireSame(replica.predict(batch), expected);
                            }
                          }))
              .toList();
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  @Test
  void optimisersClipDecayAndFollowTheirSchedule() {
    NetworkSpec plain =
        Cases.spec(3, Encoder.lstm(List.of(4)), List.of(new HeadSpec.Regression("y", 1)), false, 0);
    RandomBatch batch = new RandomBatch(plain, 6, 3, 0, 1);
    float[] still = SequenceNetwork.create(plain, 1).weights();
    float[] free = after(plain, new Optimiser(1e-2, 0, 0, 0, new Schedule.Constant()), batch);
    // Adam's first step does not depend on the gradient's length: clipping must not change it.
    float[] clipped = after(plain, new Optimiser(1e-2, 0, 0, 0.1, new Schedule.Constant()), batch);
    for (int i = 0; i < free.length; i++) {
      assertThat((double) clipped[i]).isCloseTo(free[i], within(1e-3));
    }
    assertThat(clipped).isNotEqualTo(free);
    float[] decayed = after(plain, new Optimiser(1e-2, 0, 0.5, 0, new Schedule.Constant()), batch);
    // Decay takes rate · decay of each weight, and nothing of a bias.
    assertThat((double) decayed[0]).isCloseTo(free[0] - 1e-2 * 0.5 * still[0], within(1e-6));
    assertThat(decayed[decayed.length - 1]).isEqualTo(free[free.length - 1]);
    float[] warming =
        after(plain, new Optimiser(1e-2, 0, 0, 0, new Schedule.WarmupCosine(10, 20)), batch);
    assertThat((double) warming[0] - still[0]).isCloseTo((free[0] - still[0]) / 10.0, within(1e-6));
    Schedule cosine = new Schedule.WarmupCosine(10, 20);
    assertThat(cosine.factor(10)).isEqualTo(1);
    assertThat(cosine.factor(15)).isCloseTo(0.5, within(1e-12));
    assertThat(cosine.factor(20)).isCloseTo(0, within(1e-12));
    assertThat(cosine.factor(99)).isCloseTo(0, within(1e-12));
  }

  private static float[] after(NetworkSpec spec, Optimiser optimiser, RandomBatch batch) {
    SequenceNetwork network =
        SequenceNetwork.create(
            new NetworkSpec(
                spec.inputs(),
                spec.embeddings(),
                spec.encoder(),
                spec.lastInputSkip(),
                spec.dropout(),
                spec.headUnits(),
                spec.heads(),
                optimiser),
            1);
    network.trainStep(batch.batch());
    return network.weights();
  }

  @Test
  void wrongBatchesAndFilesAreRefusedInWords() {
    NetworkSpec spec = Cases.spec(3, Encoder.lstm(List.of(4)), Cases.heads(), true, 0);
    SequenceNetwork network = SequenceNetwork.create(spec, 1);
    assertThatThrownBy(() -> network.predict(new SequenceBatch(2, 4, 2, 0).begin(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes 3 inputs");
    assertThatThrownBy(() -> network.predict(new SequenceBatch(2, 3, 1, 0).begin(1)))
        .hasMessageContaining("2 embeddings");
    assertThatThrownBy(() -> network.trainStep(new SequenceBatch(2, 3, 2, 1).begin(1)))
        .hasMessageContaining("9 heads");
    RandomBatch unknown = new RandomBatch(spec, 1, 1, 0, 1);
    unknown.categories[0][0][1] = Cases.CARDINALITY;
    assertThatThrownBy(() -> network.predict(unknown.batch()))
        .hasMessageContaining("has no category 4");
    assertThatThrownBy(() -> network.setWeights(new float[3])).hasMessageContaining("not 3");
    assertThatThrownBy(() -> SequenceNetwork.load(new byte[] {1, 2, 3}, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a saved network");
    byte[] saved = network.save(false);
    assertThatThrownBy(() -> SequenceNetwork.load(Arrays.copyOf(saved, saved.length / 2), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a saved network");
  }

  static void requireSame(List<float[][]> actual, List<float[][]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int head = 0; head < actual.size(); head++) {
      assertThat(actual.get(head)).isDeepEqualTo(expected.get(head));
    }
  }

  /** Memory is aligned for vectors, whatever its size. */
  @Test
  void scratchIsReusedUntilItMustGrow() {
    var scratch = new io.ilteo.modelkit.recurrent.kernel.Scratch();
    MemorySegment first = scratch.atLeast(100);
    assertThat(scratch.atLeast(50)).isSameAs(first);
    assertThat(scratch.atLeast(101).byteSize()).isGreaterThanOrEqualTo(404);
    assertThat(scratch.atLeast(1).address() % 64).isZero();
  }
}
