package io.ilteo.modelkit.training;

import io.ilteo.modelkit.recurrent.SequenceNetwork;
import java.util.Map;

/** How a training ended. */
public sealed interface TrainingResult {
  /**
   * It ended well; the network has the weights of the best epoch.
   *
   * @param earlyStopped whether patience ran out before the epochs did
   */
  record Trained(
      SequenceNetwork network,
      int bestEpoch,
      int completedEpochs,
      Map<String, Double> metrics,
      boolean earlyStopped)
      implements TrainingResult {
    public Trained {
      metrics = Map.copyOf(metrics);
    }
  }

  /** A loss or metric became NaN or infinite. */
  record Diverged(int epoch, String reason) implements TrainingResult {}

  /** The listener ended it. */
  record Cancelled() implements TrainingResult {}
}
