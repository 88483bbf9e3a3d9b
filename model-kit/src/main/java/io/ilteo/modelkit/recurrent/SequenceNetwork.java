package io.ilteo.modelkit.recurrent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A Deeplearning4j network over masked sequences with one head for each target.
 *
 * <p>Deterministic: the same spec, seed and batches give the same weights. Saved with its optimiser
 * state, so that training can go on elsewhere. Not for use by two threads at once.
 */
public final class SequenceNetwork {
  private static final String INPUT = "sequence";
  private static final String LAST_INPUT = "last-input";
  private static final String CATEGORIES = "last-categories";
  private static final String EMBEDDINGS = "embeddings";
  private static final String SEEN = "seen-by-heads";

  private final ComputationGraph graph;

  private SequenceNetwork(ComputationGraph graph) {
    this.graph = graph;
  }

  /** A fresh network, its weights drawn from {@code seed}. */
  public static SequenceNetwork create(NetworkSpec spec, long seed) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(spec.learningRate()))
            .weightInit(WeightInit.XAVIER)
            .l2(spec.l2())
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(INPUT);
    String last = addRecurrent(builder, spec);
    int seen = spec.units().getLast();
    List<InputType> types = new ArrayList<>(List.of(InputType.recurrent(spec.inputs())));
    if (spec.lastInputSkip()) {
      // Not a vertex on the sequence: Deeplearning4j's works row by row, and back-propagates what
      // nobody needs.
      builder.addInputs(LAST_INPUT);
      types.add(InputType.feedForward(spec.inputs()));
      seen += spec.inputs();
      if (spec.embeddings().isEmpty()) {
        builder.addVertex(SEEN, new MergeVertex(), last, LAST_INPUT);
      } else {
        seen += addEmbeddings(builder, spec.embeddings(), types);
        builder.addVertex(SEEN, new MergeVertex(), last, LAST_INPUT, EMBEDDINGS);
      }
      last = SEEN;
    }
    List<String> outputs = new ArrayList<>();
    for (HeadSpec head : spec.heads()) {
      String hidden = head.name() + "-hidden";
      builder.addLayer(
          hidden,
          new DenseLayer.Builder()
              .nIn(seen)
              .nOut(spec.headUnits())
              .activation(Activation.RELU)
              .dropOut(1 - spec.dropout())
              .build(),
          last);
      builder.addLayer(head.name(), output(spec, head), hidden);
      outputs.add(head.name());
    }
    builder.setOutputs(outputs.toArray(String[]::new));
    builder.setInputTypes(types.toArray(InputType[]::new));
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return new SequenceNetwork(graph);
  }

  /** One matrix for all categories, on their concatenated indicators; returns its width. */
  private static int addEmbeddings(
      ComputationGraphConfiguration.GraphBuilder builder,
      List<NetworkSpec.Embedding> embeddings,
      List<InputType> types) {
    int indicators = embeddings.stream().mapToInt(NetworkSpec.Embedding::cardinality).sum();
    int width = embeddings.stream().mapToInt(NetworkSpec.Embedding::width).sum();
    builder.addInputs(CATEGORIES);
    types.add(InputType.feedForward(indicators));
    builder.addLayer(
        EMBEDDINGS,
        new DenseLayer.Builder()
            .nIn(indicators)
            .nOut(width)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build(),
        CATEGORIES);
    return width;
  }

  private static String addRecurrent(
      ComputationGraphConfiguration.GraphBuilder builder, NetworkSpec spec) {
    String below = INPUT;
    int width = spec.inputs();
    for (int i = 0; i < spec.units().size(); i++) {
      String name = "lstm-" + (i + 1);
      int units = spec.units().get(i);
      FusedLstm layer = new FusedLstm(name, width, units, i == spec.units().size() - 1);
      if (i > 0 && spec.dropout() > 0) {
        layer.setIDropout(new org.deeplearning4j.nn.conf.dropout.Dropout(1 - spec.dropout()));
      }
      builder.addLayer(name, layer, below);
      below = name;
      width = units;
    }
    return below;
  }

  private static OutputLayer output(NetworkSpec spec, HeadSpec head) {
    ILossFunction loss =
        switch (head) {
          case HeadSpec.Regression r -> RegressionLossFunction.of(r.loss(), r.lossWeight());
          case HeadSpec.Softmax s ->
              new LossMCXENT(
                  Nd4j.createFromArray(
                      s.classWeights().stream()
                          .map(w -> (float) (w * s.lossWeight()))
                          .toArray(Float[]::new)));
        };
    Activation activation =
        head instanceof HeadSpec.Softmax ? Activation.SOFTMAX : Activation.IDENTITY;
    return new OutputLayer.Builder(loss)
        .nIn(spec.headUnits())
        .nOut(head.outputs())
        .activation(activation)
        .build();
  }

  /** Seeds everything random of the steps that follow, on this thread. */
  public void seedSteps(long seed) {
    Nd4j.getRandom().setSeed(seed);
  }

  /** One step of the optimiser; returns the loss, summed over heads, before the step. */
  public double trainStep(SequenceBatch batch) {
    graph.fit(
        new MultiDataSet(
            inputs(batch),
            batch.targets().toArray(INDArray[]::new),
            masks(batch),
            batch.targetMasks().toArray(INDArray[]::new)));
    return graph.score();
  }

  /**
   * Outputs of each head, [B][outputs]: a number, rising quantiles, mean and variance, or the
   * probabilities of classes.
   */
  public List<float[][]> predict(SequenceBatch batch) {
    INDArray[] outputs = graph.output(false, inputs(batch), masks(batch), (INDArray[]) null);
    List<float[][]> heads = new ArrayList<>();
    for (int head = 0; head < outputs.length; head++) {
      float[][] rows = rows(outputs[head]);
      if (graph.getOutputLayer(head).conf().getLayer() instanceof BaseOutputLayer layer
          && layer.getLossFn() instanceof RegressionLossFunction loss) {
        Arrays.stream(rows).forEach(loss::read);
      }
      heads.add(rows);
    }
    return heads;
  }

  private INDArray[] inputs(SequenceBatch batch) {
    INDArray all = batch.inputs();
    INDArray[] inputs = new INDArray[graph.getNumInputArrays()];
    inputs[0] = all;
    if (inputs.length > 1) {
      inputs[1] =
          all.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(all.size(2) - 1))
              .dup();
    }
    if (inputs.length > 2) {
      INDArray categories = batch.lastCategories();
      if (categories == null) {
        throw new IllegalArgumentException("the network has embeddings, the batch no categories");
      }
      inputs[2] = categories;
    }
    return inputs;
  }

  private INDArray[] masks(SequenceBatch batch) {
    INDArray[] masks = new INDArray[graph.getNumInputArrays()];
    masks[0] = batch.mask();
    return masks;
  }

  /** The rows of a matrix; {@link INDArray#toFloatMatrix} makes a view of each first. */
  static float[][] rows(INDArray matrix) {
    float[] flat = matrix.dup('c').data().asFloat();
    int width = (int) matrix.size(1);
    float[][] rows = new float[(int) matrix.size(0)][];
    Arrays.setAll(rows, row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width));
    return rows;
  }

  /** Number of weights. */
  public long weightCount() {
    return graph.numParams();
  }

  /** A copy of the weights, e.g. of the best epoch. */
  public float[] weights() {
    return graph.params().dup().data().asFloat();
  }

  /** Sets what {@link #weights} returned. */
  public void setWeights(float[] weights) {
    graph.setParams(Nd4j.createFromArray(weights).reshape(1, weights.length));
  }

  /** The network in Deeplearning4j's own format. */
  public byte[] save(boolean withOptimiserState) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ModelSerializer.writeModel(graph, out, withOptimiserState);
      return out.toByteArray();
    } catch (IOException failure) {
      throw new IllegalStateException("cannot serialise a network", failure);
    }
  }

  /** Reads what {@link #save} wrote. */
  public static SequenceNetwork load(byte[] saved, boolean withOptimiserState) {
    try {
      return new SequenceNetwork(
          ModelSerializer.restoreComputationGraph(
              new ByteArrayInputStream(saved), withOptimiserState));
    } catch (IOException failure) {
      throw new IllegalArgumentException("not a saved network: " + failure.getMessage(), failure);
    }
  }
}
