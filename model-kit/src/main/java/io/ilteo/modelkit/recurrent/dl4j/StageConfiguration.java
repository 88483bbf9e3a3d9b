package io.ilteo.modelkit.recurrent.dl4j;

import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.Stage;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer on sequences [B, N, T] whose work is done by stages. It draws its own parameters; the
 * network's weight initialisation does not apply. Masked steps leave a state as it was, where stock
 * layers set it to 0.
 */
public abstract class StageConfiguration extends BaseRecurrentLayer {
  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  StageConfiguration() {}

  StageConfiguration(String name, int inputs, int outputs) {
    setLayerName(name);
    setNIn(inputs);
    setNOut(outputs);
  }

  /** Fresh stages on {@code parameters}; the first takes N values a step. */
  abstract List<Stage> stages(Parameters parameters);

  /** Whether the stages leave one row a sequence: [B, outputs]. */
  abstract boolean pools();

  final int inputs() {
    return Math.toIntExact(nIn);
  }

  final int outputs() {
    return Math.toIntExact(nOut);
  }

  /** The blocks of parameters, without memory. */
  final Parameters layout() {
    Parameters parameters = new Parameters();
    List<Stage> unused = stages(parameters);
    if (unused.isEmpty()) {
      throw new IllegalStateException("a layer without stages");
    }
    return parameters;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    StageLayer layer = new StageLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return StageParameters.INSTANCE;
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    return pools() ? InputType.feedForward(nOut) : super.getOutputType(index, inputType);
  }

  @Override
  public LayerMemoryReport getMemoryReport(@Nullable InputType inputType) {
    long size = layout().size();
    return new LayerMemoryReport.Builder(
            getLayerName(), getClass(), inputType, InputType.feedForward(nOut))
        .standardMemory(size, 2 * size)
        .workingMemory(0, 0, MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }
}
