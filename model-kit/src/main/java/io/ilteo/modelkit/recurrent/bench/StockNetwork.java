package io.ilteo.modelkit.recurrent.bench;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The same networks in stock Deeplearning4j. */
final class StockNetwork {
  private static final double LEARNING_RATE = 0.00247;

  private final BenchNet net;
  private final ComputationGraph graph;

  StockNetwork(BenchNet net) {
    this.net = net;
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(LEARNING_RATE))
            .graphBuilder()
            .addInputs("sequence")
            .addLayer("lstm-1", lstm(net.features, 0), "sequence")
            .addLayer("lstm-2", new LastTimeStep(lstm(BenchNet.UNITS, net.dropout)), "lstm-1");
    addHead(builder, "wage", 1, LossFunction.MSE, Activation.IDENTITY);
    if (net == BenchNet.A) {
      addHead(builder, "satisfaction", BenchNet.CLASSES, LossFunction.MCXENT, Activation.SOFTMAX);
      builder.setOutputs("wage", "satisfaction");
    } else {
      builder.setOutputs("wage");
    }
    graph = new ComputationGraph(builder.build());
    graph.init();
  }

  private static LSTM lstm(int inputs, double dropout) {
    LSTM.Builder layer =
        new LSTM.Builder().nIn(inputs).nOut(BenchNet.UNITS).activation(Activation.TANH);
    return dropout > 0 ? layer.dropOut(1 - dropout).build() : layer.build();
  }

  private void addHead(
      GraphBuilder builder, String name, int outputs, LossFunction loss, Activation activation) {
    DenseLayer.Builder hidden =
        new DenseLayer.Builder()
            .nIn(BenchNet.UNITS)
            .nOut(BenchNet.HEAD_UNITS)
            .activation(Activation.RELU);
    builder.addLayer(
        name + "-hidden",
        net.dropout > 0 ? hidden.dropOut(1 - net.dropout).build() : hidden.build(),
        "lstm-2");
    builder.addLayer(
        name,
        new OutputLayer.Builder(loss)
            .nIn(BenchNet.HEAD_UNITS)
            .nOut(outputs)
            .activation(activation)
            .build(),
        name + "-hidden");
  }

  /** A training step on the same random batch, again and again. */
  Runnable trainStep(int size) {
    INDArray wage = Nd4j.rand(size, 1);
    INDArray[] targets =
        net == BenchNet.A
            ? new INDArray[] {wage, Nd4j.eye(BenchNet.CLASSES).get(classes(size)).dup('c')}
            : new INDArray[] {wage};
    MultiDataSet data = new MultiDataSet(new INDArray[] {inputs(size)}, targets);
    return () -> graph.fit(data);
  }

  private static org.nd4j.linalg.indexing.INDArrayIndex classes(int size) {
    long[] rows = new long[size];
    for (int i = 0; i < size; i++) {
      rows[i] = i % BenchNet.CLASSES;
    }
    return org.nd4j.linalg.indexing.NDArrayIndex.indices(rows);
  }

  /** A prediction for the same random batch, again and again. */
  Runnable predict(int size) {
    INDArray inputs = inputs(size);
    return () -> graph.output(inputs);
  }

  private INDArray inputs(int size) {
    return Nd4j.randn('f', size, net.features, net.steps);
  }
}
