package io.ilteo.modelkit.recurrent.dl4j;

import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.Parameters.Block;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The parameters of a {@link StageConfiguration}, as Deeplearning4j asks for them. */
final class StageParameters implements ParamInitializer {
  static final StageParameters INSTANCE = new StageParameters();

  private StageParameters() {}

  private static Parameters layout(Layer layer) {
    return ((StageConfiguration) layer).layout();
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return layout(layer).size();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return layout(layer).blocks().stream().map(Block::name).toList();
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return layout(layer).blocks().stream().filter(Block::decays).map(Block::name).toList();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return layout(layer).blocks().stream().filter(b -> !b.decays()).map(Block::name).toList();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
    Parameters layout = layout(conf.getLayer());
    if (initialize) {
      SplittableRandom random = new SplittableRandom(Nd4j.getRandom().nextLong());
      for (Block block : layout.blocks()) {
        block.init().fill(block, Native.memory(parameters), random);
      }
    }
    Map<String, INDArray> table = views(layout, parameters);
    table.keySet().forEach(conf::addVariable);
    return table;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradients) {
    return views(layout(conf.getLayer()), gradients);
  }

  private static Map<String, INDArray> views(Parameters layout, INDArray flat) {
    INDArray row = flat.reshape(flat.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    for (Block block : layout.blocks()) {
      views.put(
          block.name(),
          row.get(NDArrayIndex.interval(block.from(), block.from() + block.size()))
              .reshape('f', block.rows(), block.columns()));
    }
    return views;
  }
}
