package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.SequenceBatch;

/** Copies sequences into one batch, which is used again and again. */
final class Batches {
  private final Sequences sequences;
  private final SequenceBatch batch;
  private final int heads;
  private final float[] inputs;
  private final int[] categories;

  /** Batches of {@code sequences} with targets for so many heads; 0 to predict. */
  Batches(Sequences sequences, int heads) {
    int steps = sequences.steps();
    this.sequences = sequences;
    this.heads = heads;
    this.batch = new SequenceBatch(steps, sequences.features(), sequences.categories(), heads);
    this.inputs = new float[steps * sequences.features()];
    this.categories = new int[steps * sequences.categories()];
  }

  /** The sequences {@code order[from .. to)} with the targets of {@code problem}. */
  SequenceBatch training(LearningProblem problem, int[] order, int from, int to) {
    inference(order, from, to);
    for (int row = 0; row < to - from; row++) {
      for (int head = 0; head < heads; head++) {
        batch.putTarget(head, row, problem.target(head, sequences, order[from + row]));
      }
    }
    return batch;
  }

  /** The sequences {@code order[from .. to)} without targets. */
  SequenceBatch inference(int[] order, int from, int to) {
    batch.begin(to - from);
    int features = sequences.features();
    int width = sequences.categories();
    for (int row = 0; row < to - from; row++) {
      int i = order[from + row];
      sequences.copyInputs(i, inputs, 0);
      if (width > 0) {
        sequences.copyCategories(i, categories, 0);
      }
      for (int step = 0; step < sequences.steps(); step++) {
        batch.putInputs(row, step, inputs, step * features);
        batch.putCategories(row, step, categories, step * width);
        if (!sequences.observed(i, step)) {
          batch.putGap(row, step);
        }
      }
    }
    return batch;
  }
}
