package io.ilteo.modelkit.recurrent.dl4j;

import io.ilteo.modelkit.recurrent.kernel.LastStep;
import io.ilteo.modelkit.recurrent.kernel.LayerNormStage;
import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.RecurrentStage;
import io.ilteo.modelkit.recurrent.kernel.Stage;
import java.util.ArrayList;
import java.util.List;

/** What fused recurrent layers share: layer normalisation, recurrent dropout, the last step. */
public abstract sealed class FusedRecurrent extends StageConfiguration permits FusedLstm, FusedGru {
  private static final long serialVersionUID = 1L;

  private boolean lastStepOnly;
  private boolean layerNorm;
  private double recurrentDropout;

  /** For deserialisation. */
  FusedRecurrent() {}

  /**
   * A layer that hands on every step's state.
   *
   * @param inputs N
   * @param units H
   */
  FusedRecurrent(String name, int inputs, int units) {
    super(name, inputs, units);
  }

  /** Whether only the last step's state is handed on, [B, H]. */
  public boolean isLastStepOnly() {
    return lastStepOnly;
  }

  /** Hands on the last step's state only, [B, H]. */
  public void setLastStepOnly(boolean lastStepOnly) {
    this.lastStepOnly = lastStepOnly;
  }

  /** Whether states are normalised (Ba et al. 2016). */
  public boolean isLayerNorm() {
    return layerNorm;
  }

  /** Normalises states. */
  public void setLayerNorm(boolean layerNorm) {
    this.layerNorm = layerNorm;
  }

  /** Share of units dropped from the recurrence, the same at every step. */
  public double getRecurrentDropout() {
    return recurrentDropout;
  }

  /** Drops a share of units from the recurrence, [0, 1). */
  public void setRecurrentDropout(double recurrentDropout) {
    this.recurrentDropout = recurrentDropout;
  }

  abstract RecurrentStage cell(Parameters parameters);

  @Override
  final List<Stage> stages(Parameters parameters) {
    List<Stage> stages = new ArrayList<>();
    stages.add(cell(parameters));
    if (layerNorm) {
      stages.add(new LayerNormStage("norm", parameters, outputs()));
    }
    if (lastStepOnly) {
      stages.add(new LastStep(outputs()));
    }
    return stages;
  }

  @Override
  final boolean pools() {
    return lastStepOnly;
  }
}
