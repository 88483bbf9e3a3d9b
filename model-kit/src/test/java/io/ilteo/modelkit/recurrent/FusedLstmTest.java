package io.ilteo.modelkit.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class FusedLstmTest {
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "3,13,7,5", "128,33,16,5", "17,1,3,2", "8,127,13,1"})
  void forwardAndBackwardEqualStockLayer(int batch, int inputs, int units, int steps) {
    Nd4j.getRandom().setSeed(5);
    INDArray x = Nd4j.randn('f', batch, inputs, steps);
    INDArray y = Nd4j.randn('f', batch, 1, steps);
    MultiLayerNetwork stock =
        network(
            new LSTM.Builder().nIn(inputs).nOut(units).activation(Activation.TANH).build(), units);
    MultiLayerNetwork fused = network(new FusedLstm("lstm", inputs, units, false), units);
    fused.setParams(stock.params().dup());

    close(fused.output(x), stock.output(x), 1e-5);
    for (MultiLayerNetwork net : List.of(stock, fused)) {
      net.fit(x, y);
    }
    close(fused.params(), stock.params(), 1e-5);
  }

  @Test
  void maskedStepsLeaveTheStateAsItWas() {
    Nd4j.getRandom().setSeed(7);
    NetworkSpec spec =
        new NetworkSpec(
            3,
            List.of(),
            List.of(5),
            false,
            0,
            4,
            List.of(new HeadSpec.Regression("y", 1)),
            1e-3,
            0);
    SequenceNetwork network = SequenceNetwork.create(spec, 1);
    INDArray full = Nd4j.randn('f', 2, 3, 4);
    INDArray gap = full.dup('f');
    gap.tensorAlongDimension(1, 0, 1).assign(9);
    INDArray mask = Nd4j.ones(2, 4);
    mask.putScalar(0, 1, 0);
    mask.putScalar(1, 1, 0);
    INDArray without =
        Nd4j.concat(
            2, full.get(all(), all(), at(0)).reshape(2, 3, 1), full.get(all(), all(), from(2, 4)));

    float[][] masked =
        network.predict(new SequenceBatch(gap, mask.dup('f'), List.of(), List.of())).getFirst();
    float[][] shorter =
        network
            .predict(
                new SequenceBatch(without.dup('f'), Nd4j.ones(2, 3).dup('f'), List.of(), List.of()))
            .getFirst();
    assertThat(masked).isDeepEqualTo(shorter);
  }

  @Test
  void analyticGradientsEqualFiniteDifferences() {
    int batch = 3;
    int inputs = 2;
    int units = 3;
    int steps = 3;
    Nd4j.getRandom().setSeed(11);
    INDArray x = Nd4j.randn('f', batch, inputs, steps);
    INDArray y = Nd4j.randn('f', batch, 1, steps);
    MultiLayerNetwork net = network(new FusedLstm("lstm", inputs, units, false), units);
    net.setInput(x);
    net.setLabels(y);
    net.computeGradientAndScore();
    INDArray gradient = net.gradient().gradient().dup();
    INDArray parameters = net.params().dup();
    double step = 1e-2;
    for (long i = 0; i < parameters.length(); i++) {
      double up = score(net, parameters, i, step, x, y);
      double down = score(net, parameters, i, -step, x, y);
      assertThat(gradient.getDouble(i) / batch)
          .as("parameter %d", i)
          .isCloseTo((up - down) / (2 * step), within(2e-3));
    }
  }

  @Test
  void savedNetworkPredictsTheSameBits() {
    NetworkSpec spec =
        new NetworkSpec(
            4,
            List.of(),
            List.of(6, 5),
            false,
            0.2,
            4,
            List.of(
                new HeadSpec.Regression("y", 1), new HeadSpec.Softmax("c", 1, List.of(1.0, 1.0))),
            1e-3,
            0);
    SequenceNetwork network = SequenceNetwork.create(spec, 3);
    INDArray x = Nd4j.randn('f', 5, 4, 3);
    SequenceBatch batch = new SequenceBatch(x, Nd4j.ones(5, 3).dup('f'), List.of(), List.of());
    SequenceNetwork back = SequenceNetwork.load(network.save(true), true);
    List<float[][]> before = network.predict(batch);
    List<float[][]> after = back.predict(batch);
    for (int head = 0; head < before.size(); head++) {
      assertThat(after.get(head)).isDeepEqualTo(before.get(head));
    }
  }

  private static double score(
      MultiLayerNetwork net,
      INDArray parameters,
      long index,
      double delta,
      INDArray x,
      INDArray y) {
    INDArray moved = parameters.dup();
    moved.putScalar(index, parameters.getDouble(index) + delta);
    net.setParams(moved);
    return net.score(new org.nd4j.linalg.dataset.DataSet(x, y));
  }

  private static MultiLayerNetwork network(Layer lstm, int units) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Sgd(0.1))
                .list()
                .layer(lstm)
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nIn(units)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.recurrent(((LSTM) lstm).getNIn()))
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

  private static org.nd4j.linalg.indexing.INDArrayIndex all() {
    return org.nd4j.linalg.indexing.NDArrayIndex.all();
  }

  private static org.nd4j.linalg.indexing.INDArrayIndex at(long i) {
    return org.nd4j.linalg.indexing.NDArrayIndex.point(i);
  }

  private static org.nd4j.linalg.indexing.INDArrayIndex from(long a, long b) {
    return org.nd4j.linalg.indexing.NDArrayIndex.interval(a, b);
  }
}
