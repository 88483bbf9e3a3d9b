package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.SequenceBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies sequences into batches: inputs [B, N, T] and masks [B, T] in 'f' order. */
final class Batches {
  private Batches() {}

  /** A batch of {@code order[from .. to)} with targets. */
  static SequenceBatch training(
      LearningProblem problem, Sequences sequences, int[] order, int from, int to) {
    int batch = to - from;
    List<INDArray> targets = new ArrayList<>();
    List<INDArray> masks = new ArrayList<>();
    List<HeadSpec> heads = problem.network().heads();
    for (int head = 0; head < heads.size(); head++) {
      int outputs = heads.get(head).outputs();
      float[] target = new float[batch * outputs];
      float[] known = new float[batch];
      for (int row = 0; row < batch; row++) {
        int i = order[from + row];
        known[row] = problem.encodeTarget(head, sequences, i, target, row * outputs) ? 1f : 0f;
      }
      targets.add(Nd4j.create(target, new int[] {batch, outputs}, 'c'));
      masks.add(Nd4j.create(known, new int[] {batch, 1}, 'c'));
    }
    boolean categories = !problem.network().embeddings().isEmpty();
    return inputs(sequences, order, from, to, categories, targets, masks);
  }

  /** A batch of {@code order[from .. to)} without targets. */
  static SequenceBatch inference(Sequences sequences, int[] order, int from, int to) {
    return inputs(sequences, order, from, to, true, List.of(), List.of());
  }

  private static SequenceBatch inputs(
      Sequences sequences,
      int[] order,
      int from,
      int to,
      boolean categories,
      List<INDArray> targets,
      List<INDArray> targetMasks) {
    int batch = to - from;
    int steps = sequences.steps();
    int features = sequences.features();
    float[] inputs = new float[batch * features * steps];
    float[] mask = new float[batch * steps];
    float[] one = new float[features * steps];
    for (int row = 0; row < batch; row++) {
      int i = order[from + row];
      sequences.copyInputs(i, one, 0);
      for (int step = 0; step < steps; step++) {
        mask[step * batch + row] = sequences.observed(i, step) ? 1f : 0f;
        int block = step * features;
        for (int feature = 0; feature < features; feature++) {
          inputs[(block + feature) * batch + row] = one[block + feature];
        }
      }
    }
    return new SequenceBatch(
        Nd4j.create(inputs, new int[] {batch, features, steps}, 'f'),
        Nd4j.create(mask, new int[] {batch, steps}, 'f'),
        categories && sequences.categories() > 0
            ? lastCategories(sequences, order, from, to)
            : null,
        targets,
        targetMasks);
  }

  /** Indicators of the last step's categories, one category after the other. */
  private static INDArray lastCategories(Sequences sequences, int[] order, int from, int to) {
    int[] cardinalities = sequences.cardinalities();
    int width = Arrays.stream(cardinalities).sum();
    int last = (sequences.steps() - 1) * cardinalities.length;
    int[] indices = new int[sequences.steps() * cardinalities.length];
    float[] indicators = new float[(to - from) * width];
    for (int row = 0; row < to - from; row++) {
      sequences.copyCategories(order[from + row], indices, 0);
      int at = row * width;
      for (int category = 0; category < cardinalities.length; category++) {
        indicators[at + indices[last + category]] = 1;
        at += cardinalities[category];
      }
    }
    return Nd4j.create(indicators, new int[] {to - from, width}, 'c');
  }
}
