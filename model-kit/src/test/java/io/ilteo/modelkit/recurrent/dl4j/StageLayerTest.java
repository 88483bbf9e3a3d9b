package io.ilteo.modelkit.recurrent.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class StageLayerTest {
  private static final int INPUTS = 6;
  private static final int UNITS = 4;

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "3,13,7,5", "128,33,16,5", "17,1,3,2", "8,127,13,1", "2,3,127,3"})
  void lstmEqualsTheStockLayerForwardAndInTraining(int batch, int inputs, int units, int steps) {
    Nd4j.getRandom().setSeed(5);
    INDArray x = Nd4j.randn('f', batch, inputs, steps);
    INDArray y = Nd4j.randn('f', batch, 1, steps);
    MultiLayerNetwork stock =
        everyStep(
            inputs,
            units,
            new LSTM.Builder().nIn(inputs).nOut(units).activation(Activation.TANH).build());
    MultiLayerNetwork fused = everyStep(inputs, units, new FusedLstm("lstm", inputs, units));
    fused.setParams(stock.params().dup());

    close(fused.output(x), stock.output(x), 1e-5);
    for (MultiLayerNetwork net : List.of(stock, fused)) {
      net.fit(x, y);
    }
    close(fused.params(), stock.params(), 1e-5);
  }

  static Stream<Layer> layers() {
    FusedLstm last = new FusedLstm("layer", INPUTS, UNITS);
    last.setLastStepOnly(true);
    FusedLstm normalised = new FusedLstm("layer", INPUTS, UNITS);
    normalised.setLayerNorm(true);
    normalised.setLastStepOnly(true);
    FusedGru after = new FusedGru("layer", INPUTS, UNITS, false);
    after.setLastStepOnly(true);
    FusedGru before = new FusedGru("layer", INPUTS, UNITS, true);
    before.setLastStepOnly(true);
    return Stream.of(last, normalised, after, before, new AttentionPool("layer", INPUTS));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsAreThoseOfFiniteDifferences(Layer layer) {
    Nd4j.getRandom().setSeed(11);
    MultiLayerNetwork net = lastStep(layer);
    requireGradients(net, masked(3, 4));
  }

  @Test
  void selfAttentionHasTheGradientsOfFiniteDifferences() {
    Nd4j.getRandom().setSeed(12);
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(new SelfAttentionBlock("block", INPUTS, 2, 5, true))
                .layer(new AttentionPool("pool", INPUTS))
                .layer(output(INPUTS))
                .setInputType(InputType.recurrent(INPUTS))
                .build());
    net.init();
    requireGradients(net, masked(2, 3));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void savedNetworksAndGraphsPredictTheSameBits(Layer layer) throws IOException {
    DataSet data = masked(5, 3);
    MultiLayerNetwork net = lastStep(layer);
    net.fit(data);
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    ModelSerializer.writeModel(net, saved, true);
    MultiLayerNetwork back =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(saved.toByteArray()));
    assertThat(predict(back, data)).isEqualTo(predict(net, data));

    ComputationGraph graph = net.toComputationGraph();
    ByteArrayOutputStream savedGraph = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, savedGraph, false);
    ComputationGraph graphBack =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(savedGraph.toByteArray()));
    INDArray[] outputs =
        graphBack.output(
            false,
            new INDArray[] {data.getFeatures()},
            new INDArray[] {data.getFeaturesMaskArray()},
            null);
    assertThat(outputs[0]).isEqualTo(predict(net, data));
  }

  @ParameterizedTest
  @CsvSource({"lstm", "gru"})
  void stepByStepEqualsTheWholeSequence(String kind) {
    Nd4j.getRandom().setSeed(3);
    FusedRecurrent first =
        kind.equals("lstm")
            ? new FusedLstm("layer", INPUTS, UNITS)
            : new FusedGru("layer", INPUTS, UNITS, false);
    MultiLayerNetwork net = everyStep(INPUTS, UNITS, first);
    INDArray x = Nd4j.randn('f', 2, INPUTS, 5);
    INDArray whole = net.output(x);
    for (int round = 0; round < 2; round++) {
      net.rnnClearPreviousState();
      INDArray begun = net.rnnTimeStep(x.get(all(), all(), interval(0, 2)));
      assertThat(net.output(x)).isEqualTo(whole);
      INDArray ended = net.rnnTimeStep(x.get(all(), all(), interval(2, 5)));
      close(begun, whole.get(all(), all(), interval(0, 2)), 1e-6);
      close(ended, whole.get(all(), all(), interval(2, 5)), 1e-6);
    }
  }

  @Test
  void whatLooksAtWholeSequencesRefusesSteps() {
    MultiLayerNetwork net = lastStep(new AttentionPool("layer", INPUTS));
    assertThatThrownBy(() -> net.rnnTimeStep(Nd4j.rand(2, INPUTS, 1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("whole sequences");
  }

  private static INDArray predict(MultiLayerNetwork net, DataSet data) {
    return net.output(data.getFeatures(), false, data.getFeaturesMaskArray(), null);
  }

  private static DataSet masked(int batch, int steps) {
    INDArray mask = Nd4j.ones(DataType.FLOAT, batch, steps);
    mask.putScalar(0, 0, 0);
    mask.putScalar(1, 1, 0);
    return new DataSet(
        Nd4j.randn('f', batch, INPUTS, steps), Nd4j.randn('f', batch, 1), mask, null);
  }

  /** In single precision: the twins in double precision are the sharper test of the arithmetic. */
  private static void requireGradients(MultiLayerNetwork net, DataSet data) {
    net.setLayerMaskArrays(data.getFeaturesMaskArray(), null);
    net.setInput(data.getFeatures());
    net.setLabels(data.getLabels());
    net.computeGradientAndScore();
    INDArray gradient = net.gradient().gradient().dup();
    INDArray parameters = net.params().dup();
    double step = 1e-2;
    long batch = data.getFeatures().size(0);
    for (long i = 0; i < parameters.length(); i++) {
      double up = score(net, parameters, i, step, data);
      double down = score(net, parameters, i, -step, data);
      double difference = (up - down) / (2 * step);
      assertThat(gradient.getDouble(i) / batch)
          .as("parameter %d", i)
          .isCloseTo(difference, within(3e-3 * Math.max(1, Math.abs(difference))));
    }
  }

  private static double score(
      MultiLayerNetwork net, INDArray parameters, long index, double delta, DataSet data) {
    INDArray moved = parameters.dup();
    moved.putScalar(index, parameters.getDouble(index) + delta);
    net.setParams(moved);
    return net.score(data);
  }

  private static OutputLayer output(int inputs) {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nIn(inputs)
        .nOut(1)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static MultiLayerNetwork lastStep(Layer layer) {
    int width = layer instanceof AttentionPool ? INPUTS : UNITS;
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(layer)
                .layer(output(width))
                .setInputType(InputType.recurrent(INPUTS))
                .build());
    net.init();
    return net;
  }

  private static MultiLayerNetwork everyStep(int inputs, int units, Layer layer) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(layer)
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nIn(units)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.recurrent(inputs))
                .build());
    net.init();
    return net;
  }

  private static void close(INDArray actual, INDArray expected, double tolerance) {
    float[] a = actual.dup('c').data().asFloat();
    float[] e = expected.dup('c').data().asFloat();
    assertThat(a).hasSameSizeAs(e);
    for (int i = 0; i < a.length; i++) {
      assertThat((double) a[i])
          .as("element %d", i)
          .isCloseTo(e[i], within(tolerance * (1 + Math.abs(e[i]))));
    }
  }
}
