package io.ilteo.modelkit.recurrent.dl4j;

import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.Pass;
import io.ilteo.modelkit.recurrent.kernel.RecurrentStage;
import io.ilteo.modelkit.recurrent.kernel.Scratch;
import io.ilteo.modelkit.recurrent.kernel.Stage;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs the stages of a {@link StageConfiguration} within a Deeplearning4j network. */
final class StageLayer extends BaseRecurrentLayer<StageConfiguration> {
  private static final long serialVersionUID = 1L;

  private final transient Parameters parameters = new Parameters();
  private final transient List<Stage> stages;
  // Stages of their own for rnnTimeStep: other calls must not disturb the state between two steps.
  private final transient Parameters steppingParameters = new Parameters();
  private final transient List<Stage> steppingStages;
  private transient boolean continuing;
  private transient @Nullable Pass lastPass;
  // Copies, because arrays live in workspaces that are gone by the backward pass.
  private final transient Scratch rowScratch = new Scratch();
  private final transient Scratch maskScratch = new Scratch();

  StageLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    stages = layerConf().stages(parameters);
    steppingStages = layerConf().stages(steppingParameters);
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
    int batch = Math.toIntExact(input.size(0));
    int steps = Math.toIntExact(input.size(2));
    MemorySegment values = Native.copy(Native.rows(input), rowScratch);
    Pass pass =
        new Pass(
            batch,
            steps,
            maskArray == null ? null : Native.copy(Native.maskRows(maskArray), maskScratch),
            training,
            training ? Nd4j.getRandom().nextLong() : 0);
    lastPass = pass;
    parameters.freeze(Native.memory(paramsFlattened));
    for (Stage stage : stages) {
      values = stage.forward(pass, values);
    }
    return output(values, pass, workspaces);
  }

  private INDArray output(MemorySegment rows, Pass pass, LayerWorkspaceMgr workspaces) {
    int width = layerConf().outputs();
    int steps = layerConf().pools() ? 1 : pass.steps();
    INDArray sequence = Native.sequence(rows, pass.batch(), width, steps);
    return workspaces.leverageTo(
        ArrayType.ACTIVATIONS,
        layerConf().pools() ? sequence.reshape(pass.batch(), width) : sequence.dup('f'));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    Pass pass = lastPass;
    if (pass == null) {
      throw new IllegalStateException("backward pass without a forward pass");
    }
    INDArray error = layerConf().pools() ? epsilon.dup('c') : Native.rows(epsilon);
    MemorySegment back = Native.memory(error);
    for (Stage stage : stages.reversed()) {
      back = stage.backward(pass, back);
    }
    MemorySegment.copy(
        parameters.gradients(),
        0,
        Native.memory(gradientsFlattened),
        0,
        parameters.size() * Float.BYTES);
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach(gradient::setGradientFor);
    weightNoiseParams.clear();
    INDArray inputError =
        Native.sequence(back, pass.batch(), layerConf().inputs(), pass.steps()).dup('f');
    return new Pair<>(
        gradient,
        workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, backpropDropOutIfPresent(inputError)));
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatch) {
    setMaskArray(mask);
    // What is pooled has no time axis left to mask.
    return layerConf().pools()
        ? new Pair<>(null, MaskState.Passthrough)
        : new Pair<>(mask, MaskState.Passthrough);
  }

  /**
   * Goes on where the last call ended.
   *
   * @throws UnsupportedOperationException for a layer that looks at whole sequences
   */
  @Override
  public INDArray rnnTimeStep(INDArray steps, LayerWorkspaceMgr workspaces) {
    INDArray rows = Native.rows(steps);
    Pass pass =
        new Pass(Math.toIntExact(steps.size(0)), Math.toIntExact(steps.size(2)), null, false, 0);
    steppingParameters.freeze(Native.memory(paramsFlattened));
    MemorySegment values = Native.memory(rows);
    for (Stage stage : steppingStages) {
      values =
          stage instanceof RecurrentStage recurrent
              ? recurrent.forward(pass, values, continuing)
              : stage.forward(pass, values);
    }
    if (steppingStages.stream().noneMatch(RecurrentStage.class::isInstance)) {
      throw notByStep();
    }
    continuing = true;
    return output(values, pass, workspaces);
  }

  private UnsupportedOperationException notByStep() {
    return new UnsupportedOperationException(
        layerId() + " looks at whole sequences and cannot go on step by step");
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void rnnClearPreviousState() {
    super.rnnClearPreviousState();
    continuing = false;
  }

  /** State is kept off-heap between calls of {@link #rnnTimeStep} and cannot be put in. */
  @Override
  public void rnnSetPreviousState(Map<String, INDArray> state) {
    throw new UnsupportedOperationException("the state of a fused layer cannot be set");
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray given, boolean training, boolean store, LayerWorkspaceMgr workspaces) {
    throw noTruncation();
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int length, LayerWorkspaceMgr workspaces) {
    throw noTruncation();
  }

  private static UnsupportedOperationException noTruncation() {
    return new UnsupportedOperationException(
        "fused layers back-propagate through whole sequences; set BackpropType.Standard");
  }
}
