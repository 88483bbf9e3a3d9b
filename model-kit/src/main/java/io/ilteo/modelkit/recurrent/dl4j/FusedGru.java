package io.ilteo.modelkit.recurrent.dl4j;

import io.ilteo.modelkit.recurrent.kernel.FirstWeights;
import io.ilteo.modelkit.recurrent.kernel.GruStage;
import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.RecurrentStage;
import io.ilteo.modelkit.recurrent.kernel.ResetBeforeGruStage;

/** A fused GRU, which Deeplearning4j has not of its own. */
public final class FusedGru extends FusedRecurrent {
  private static final long serialVersionUID = 1L;

  private boolean resetBefore;

  /** For deserialisation. */
  public FusedGru() {}

  /**
   * As {@link FusedRecurrent#FusedRecurrent(String, int, int)}.
   *
   * @param resetBefore whether it resets before the recurrent product (Cho et al. 2014), else after
   */
  public FusedGru(String name, int inputs, int units, boolean resetBefore) {
    super(name, inputs, units);
    this.resetBefore = resetBefore;
  }

  /** Whether it resets before the recurrent product. */
  public boolean isResetBefore() {
    return resetBefore;
  }

  /** For deserialisation. */
  public void setResetBefore(boolean resetBefore) {
    this.resetBefore = resetBefore;
  }

  @Override
  RecurrentStage cell(Parameters parameters) {
    FirstWeights first = FirstWeights.EACH_GATE;
    double dropout = getRecurrentDropout();
    return resetBefore
        ? new ResetBeforeGruStage("gru", parameters, inputs(), outputs(), first, dropout, 1)
        : new GruStage("gru", parameters, inputs(), outputs(), first, dropout, 1);
  }
}
