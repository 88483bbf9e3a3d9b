package io.ilteo.modelkit.recurrent;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sequences and targets as a network takes them.
 *
 * @param inputs [B, N, T], 'f' order
 * @param mask [B, T], 1 observed, 0 not
 * @param targets for each head [B, outputs]; empty when predicting
 * @param targetMasks for each head [B, 1], 1 where the target is known
 */
public record SequenceBatch(
    INDArray inputs, INDArray mask, List<INDArray> targets, List<INDArray> targetMasks) {
  public SequenceBatch {
    targets = List.copyOf(targets);
    targetMasks = List.copyOf(targetMasks);
  }
}
