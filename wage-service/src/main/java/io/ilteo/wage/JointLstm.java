package io.ilteo.wage;

import io.ilteo.modelkit.recurrent.Cell;
import io.ilteo.modelkit.recurrent.Encoder;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.recurrent.Optimiser;
import io.ilteo.modelkit.recurrent.Pooling;
import io.ilteo.modelkit.recurrent.kernel.FirstWeights;
import io.ilteo.modelkit.training.Hyperparameters;
import java.util.List;

/**
 * The origin report's network: two LSTM layers that a wage and a satisfaction head share, weights
 * that begin as Keras draws them, Adam, batches of {@value #BATCH}.
 */
public final class JointLstm {
  /** Sequences of a batch. */
  public static final int BATCH = 128;

  /** Classes of satisfaction. */
  public static final int CLASSES = 5;

  private static final int HEAD_UNITS = 32;

  private JointLstm() {}

  /**
   * The network of one configuration.
   *
   * @param inputs float inputs of a step
   */
  public static NetworkSpec network(int inputs, Hyperparameters parameters) {
    return new NetworkSpec(
        inputs,
        List.of(),
        new Encoder.Recurrent(
            Cell.LSTM,
            List.of(parameters.integer("lstm_units_1"), parameters.integer("lstm_units_2")),
            false,
            0,
            Pooling.LAST,
            FirstWeights.ALL_GATES),
        false,
        parameters.number("dropout_rate"),
        HEAD_UNITS,
        List.of(
            new HeadSpec.Regression("wage", 1),
            new HeadSpec.Softmax(
                "satisfaction", parameters.number("satisfaction_loss_weight"), CLASSES)),
        Optimiser.adam(parameters.number("learning_rate"), 0));
  }
}
