package io.ilteo.modelkit.recurrent;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of an LSTM layer on the fused kernel: parameters, their order and their names are
 * those of Deeplearning4j's own LSTM, so weights move between the two.
 *
 * <p>Input [B, N, T]; output [B, H, T], or [B, H] of the last step. Differs from the stock layer on
 * masked steps, which leave the state as it was instead of zeroing it.
 */
public final class FusedLstm extends LSTM {
  private static final long serialVersionUID = 1L;

  private boolean lastStepOnly;

  /** For deserialisation. */
  public FusedLstm() {}

  /**
   * A layer.
   *
   * @param inputs N
   * @param units H
   * @param lastStepOnly whether only the last step's output is handed on
   */
  public FusedLstm(String name, int inputs, int units, boolean lastStepOnly) {
    setLayerName(name);
    setNIn(inputs);
    setNOut(units);
    setActivationFn(Activation.TANH.getActivationFunction());
    setGateActivationFn(Activation.SIGMOID.getActivationFunction());
    setForgetGateBiasInit(1.0);
    this.lastStepOnly = lastStepOnly;
  }

  /** Whether only the last step's output is handed on. */
  public boolean isLastStepOnly() {
    return lastStepOnly;
  }

  /** For deserialisation. */
  public void setLastStepOnly(boolean lastStepOnly) {
    this.lastStepOnly = lastStepOnly;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    FusedLstmLayer layer = new FusedLstmLayer(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    Map<String, INDArray> table =
        LSTMParamInitializer.getInstance().init(conf, parameters, initialize);
    layer.setParamTable(table);
    layer.setConf(conf);
    return layer;
  }

  @Override
  public InputType getOutputType(int index, InputType inputType) {
    return lastStepOnly ? InputType.feedForward(nOut) : super.getOutputType(index, inputType);
  }
}
