package io.ilteo.modelkit.recurrent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sequences and targets as a network takes them.
 *
 * @param inputs [B, N, T], 'f' order
 * @param mask [B, T], 1 observed, 0 not
 * @param lastCategories [B, sum of cardinalities] indicators of the last step's categories, one
 *     category after the other; null where no network asks for them
 * @param targets for each head [B, outputs]; empty when predicting
 * @param targetMasks for each head [B, 1], 1 where the target is known
 */
public record SequenceBatch(
    INDArray inputs,
    INDArray mask,
    @Nullable INDArray lastCategories,
    List<INDArray> targets,
    List<INDArray> targetMasks) {
  public SequenceBatch {
    targets = List.copyOf(targets);
    targetMasks = List.copyOf(targetMasks);
  }

  /** Sequences without categories. */
  public SequenceBatch(
      INDArray inputs, INDArray mask, List<INDArray> targets, List<INDArray> targetMasks) {
    this(inputs, mask, null, targets, targetMasks);
  }
}
