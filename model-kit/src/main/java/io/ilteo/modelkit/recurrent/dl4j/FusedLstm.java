package io.ilteo.modelkit.recurrent.dl4j;

import io.ilteo.modelkit.recurrent.kernel.FirstWeights;
import io.ilteo.modelkit.recurrent.kernel.LstmStage;
import io.ilteo.modelkit.recurrent.kernel.Parameters;
import io.ilteo.modelkit.recurrent.kernel.RecurrentStage;

/**
 * A fused LSTM. Parameters and their order are those of Deeplearning4j's own LSTM, so that weights
 * move between the two.
 */
public final class FusedLstm extends FusedRecurrent {
  private static final long serialVersionUID = 1L;

  /** For deserialisation. */
  public FusedLstm() {}

  /** As {@link FusedRecurrent#FusedRecurrent(String, int, int)}. */
  public FusedLstm(String name, int inputs, int units) {
    super(name, inputs, units);
  }

  @Override
  RecurrentStage cell(Parameters parameters) {
    return new LstmStage(
        "lstm", parameters, inputs(), outputs(), FirstWeights.EACH_GATE, getRecurrentDropout(), 1);
  }
}
