package io.ilteo.modelkit.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.reference.ReferenceNetwork;
import io.ilteo.modelkit.recurrent.reference.Tape;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks do what their plain twins do, forward and backward. */
class ReferenceTwinTest {
  private static final double TOLERANCE = 2e-5;

  static Stream<NetworkSpec> specs() {
    return Cases.specs();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyLayerAndHeadEqualsItsTwin(NetworkSpec spec) {
    requireEqual(spec, new RandomBatch(spec, 5, 4, 0, 1));
    requireEqual(spec, new RandomBatch(spec, 5, 4, 0.4, 2));
    requireEqual(spec, new RandomBatch(spec, 1, 1, 0, 3));
    RandomBatch lonely = new RandomBatch(spec, 3, 4, 1, 4);
    for (int b = 0; b < lonely.size(); b++) {
      lonely.observed[b][b] = true;
    }
    requireEqual(spec, lonely);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "1,3,13,2", "3,13,7,5", "2,127,13,2", "2,3,127,2", "17,1,3,2"})
  void awkwardShapesEqualTheirTwins(int batch, int inputs, int units, int steps) {
    List<HeadSpec> head = List.of(new HeadSpec.Regression("y", 1));
    for (Cell cell : Cell.values()) {
      Encoder encoder = new Encoder.Recurrent(cell, List.of(units), false, 0, Pooling.ATTENTION);
      NetworkSpec spec = Cases.spec(inputs, encoder, head, false, 0);
      requireEqual(spec, new RandomBatch(spec, batch, steps, 0.2, 5));
    }
  }

  /** The twins' own derivatives, so that both cannot be wrong in the same way. */
  @ParameterizedTest
  @MethodSource("specs")
  void twinsEqualFiniteDifferencesInDoublePrecision(NetworkSpec spec) {
    SequenceNetwork network = SequenceNetwork.create(spec, 7);
    RandomBatch batch = new RandomBatch(spec, 2, 3, 0.2, 8);
    Map<String, double[]> weights = weights(network);
    Twin twin = new Twin(spec, weights, batch);
    double step = 1e-6;
    weights.forEach(
        (name, values) -> {
          int i = values.length / 2;
          double before = values[i];
          values[i] = before + step;
          double above = new Twin(spec, weights, batch).loss();
          values[i] = before - step;
          double below = new Twin(spec, weights, batch).loss();
          values[i] = before;
          assertThat(twin.gradient(name)[i])
              .as("%s %d", name, i)
              .isCloseTo((above - below) / (2 * step), within(1e-6));
        });
  }

  @Test
  void inputGradientsAreThoseOfTheTwin() {
    NetworkSpec spec =
        Cases.spec(
            3, new Encoder.SelfAttention(1, 4, 2, 5, Pooling.ATTENTION), Cases.heads(), true, 0);
    SequenceNetwork network = SequenceNetwork.create(spec, 9);
    RandomBatch batch = new RandomBatch(spec, 3, 4, 0.2, 10);
    Twin twin = new Twin(spec, weights(network), batch);
    for (int head = 0; head < spec.heads().size(); head++) {
      for (int output = 0; output < spec.heads().get(head).outputs(); output++) {
        float[][][] slopes = network.inputGradients(batch.batch(), head, output);
        for (int b = 0; b < batch.size(); b++) {
          double[] expected = twin.tape.gradients(twin.outputs.get(b).get(head)[output]);
          for (int t = 0; t < batch.steps(); t++) {
            for (int n = 0; n < spec.inputs(); n++) {
              assertThat((double) slopes[b][t][n])
                  .as("%s output %d", spec.heads().get(head).name(), output)
                  .isCloseTo(expected[twin.inputs[b][t][n]], within(TOLERANCE));
            }
          }
        }
      }
    }
  }

  private static void requireEqual(NetworkSpec spec, RandomBatch batch) {
    SequenceNetwork network = SequenceNetwork.create(spec, 6);
    Twin twin = new Twin(spec, weights(network), batch);
    List<float[][]> outputs = network.predict(batch.batch());
    for (int head = 0; head < outputs.size(); head++) {
      for (int b = 0; b < batch.size(); b++) {
        int[] expected = twin.outputs.get(b).get(head);
        for (int k = 0; k < expected.length; k++) {
          assertThat((double) outputs.get(head)[b][k])
              .as("%s of sequence %d", spec.heads().get(head).name(), b)
              .isCloseTo(twin.tape.value(expected[k]), within(TOLERANCE));
        }
      }
    }
    double loss = network.gradients(batch.batch(), 0);
    assertThat(loss).isCloseTo(twin.loss(), within(TOLERANCE * 10));
    for (Parameters.Block block : network.parameters().blocks()) {
      double[] expected = twin.gradient(block.name());
      for (int i = 0; i < expected.length; i++) {
        float actual =
            network.parameters().gradients().getAtIndex(ValueLayout.JAVA_FLOAT, block.from() + i);
        assertThat((double) actual)
            .as("gradient of %s %d", block.name(), i)
            .isCloseTo(expected[i], within(TOLERANCE * (1 + Math.abs(expected[i]))));
      }
    }
  }

  private static Map<String, double[]> weights(SequenceNetwork network) {
    Map<String, double[]> weights = new LinkedHashMap<>();
    float[] flat = network.weights();
    for (Parameters.Block block : network.parameters().blocks()) {
      double[] values = new double[(int) block.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = flat[(int) block.from() + i];
      }
      weights.put(block.name(), values);
    }
    return weights;
  }

  /** The plain twin, run on a batch. */
  private static final class Twin {
    final Tape tape = new Tape();
    final int[][][] inputs;
    final List<List<int[]>> outputs = new ArrayList<>();
    private final ReferenceNetwork network;
    private final int loss;
    private final double[] gradients;

    Twin(NetworkSpec spec, Map<String, double[]> weights, RandomBatch batch) {
      network = new ReferenceNetwork(spec, tape, weights);
      inputs = new int[batch.size()][batch.steps()][];
      List<List<Integer>> losses = new ArrayList<>();
      spec.heads().forEach(head -> losses.add(new ArrayList<>()));
      for (int b = 0; b < batch.size(); b++) {
        for (int t = 0; t < batch.steps(); t++) {
          double[] numbers = new double[spec.inputs()];
          for (int n = 0; n < numbers.length; n++) {
            numbers[n] = batch.numbers[b][t][n];
          }
          inputs[b][t] = tape.of(numbers);
        }
        List<int[]> raw = network.raw(inputs[b], batch.categories[b], batch.observed[b]);
        List<int[]> read = new ArrayList<>();
        for (int head = 0; head < raw.size(); head++) {
          read.add(network.read(head, raw.get(head)));
          float target = batch.targets[head][b];
          if (!Float.isNaN(target)) {
            losses.get(head).add(network.loss(head, raw.get(head), target));
          }
        }
        outputs.add(read);
      }
      loss = network.total(losses);
      gradients = tape.gradients(loss);
    }

    double loss() {
      return tape.value(loss);
    }

    double[] gradient(String name) {
      int[] scalars = network.weights(name);
      double[] slopes = new double[scalars.length];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = gradients[scalars[i]];
      }
      return slopes;
    }
  }
}
