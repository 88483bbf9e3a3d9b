package io.ilteo.modelkit.recurrent;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs {@link FusedLstm} on {@link LstmKernel}; keeps the forward pass for the backward one. */
final class FusedLstmLayer extends LSTM {
  private static final long serialVersionUID = 1L;

  private final transient LstmKernel kernel = new LstmKernel();
  private final transient Scratch hiddenScratch = new Scratch();
  private transient @Nullable INDArray lastInput;
  private transient @Nullable INDArray lastMask;

  FusedLstmLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  private boolean lastStepOnly() {
    return layerConf() instanceof FusedLstm fused && fused.isLastStepOnly();
  }

  @Override
  public INDArray activate(INDArray given, boolean training, LayerWorkspaceMgr workspaces) {
    setInput(given, workspaces);
    return activate(training, workspaces);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = Native.dense(input);
    INDArray mask = maskArray == null ? null : Native.dense(maskArray);
    int batch = (int) x.size(0);
    int steps = (int) x.size(2);
    int units = (int) layerConf().getNOut();
    MemorySegment hidden = hiddenScratch.atLeast((long) batch * units * steps);
    kernel.forward(
        batch,
        (int) x.size(1),
        units,
        steps,
        Native.address(x),
        Native.address(weights(LSTMParamInitializer.INPUT_WEIGHT_KEY)),
        Native.address(weights(LSTMParamInitializer.RECURRENT_WEIGHT_KEY)),
        Native.memory(weights(LSTMParamInitializer.BIAS_KEY)),
        mask == null ? null : Native.memory(mask),
        hidden);
    lastInput = x;
    lastMask = mask;
    return output(hidden, batch, units, steps, workspaces);
  }

  private INDArray output(
      MemorySegment hidden, int batch, int units, int steps, LayerWorkspaceMgr workspaces) {
    long size = (long) batch * units;
    long first = lastStepOnly() ? size * (steps - 1) : 0;
    long[] shape = lastStepOnly() ? new long[] {batch, units} : new long[] {batch, units, steps};
    INDArray out =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'f');
    MemorySegment.copy(
        hidden, first * Float.BYTES, Native.memory(out), 0, out.length() * Float.BYTES);
    return out;
  }

  private INDArray weights(String key) {
    return Objects.requireNonNull(params.get(key));
  }

  private INDArray gradients(String key) {
    return Objects.requireNonNull(gradientViews.get(key));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray x = lastInput;
    if (x == null) {
      throw new IllegalStateException("backward pass without a forward pass");
    }
    int batch = (int) x.size(0);
    int steps = (int) x.size(2);
    int units = (int) layerConf().getNOut();
    INDArray error = Native.dense(epsilon);
    INDArray inputError =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, x.shape(), 'f');
    kernel.backward(
        Native.address(x),
        Native.address(weights(LSTMParamInitializer.INPUT_WEIGHT_KEY)),
        Native.address(weights(LSTMParamInitializer.RECURRENT_WEIGHT_KEY)),
        lastMask == null ? null : Native.memory(lastMask),
        hiddenScratch.atLeast((long) batch * units * steps),
        Native.memory(error),
        lastStepOnly(),
        Native.memory(gradients(LSTMParamInitializer.INPUT_WEIGHT_KEY)),
        Native.memory(gradients(LSTMParamInitializer.RECURRENT_WEIGHT_KEY)),
        Native.memory(gradients(LSTMParamInitializer.BIAS_KEY)),
        Native.address(inputError));
    Gradient gradient = new DefaultGradient();
    for (String key :
        new String[] {
          LSTMParamInitializer.INPUT_WEIGHT_KEY,
          LSTMParamInitializer.RECURRENT_WEIGHT_KEY,
          LSTMParamInitializer.BIAS_KEY
        }) {
      gradient.setGradientFor(key, gradients(key));
    }
    weightNoiseParams.clear();
    return new Pair<>(gradient, backpropDropOutIfPresent(inputError));
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatch) {
    setMaskArray(mask);
    // The last step has no time axis left to mask.
    return lastStepOnly()
        ? new Pair<>(null, MaskState.Passthrough)
        : new Pair<>(mask, MaskState.Passthrough);
  }
}
