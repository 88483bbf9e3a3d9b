package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.SequenceBatch;
import org.jspecify.annotations.Nullable;

/** Copies sequences into one batch, which is used again and again. */
final class Batches {
  private final Sequences sequences;
  private final SequenceBatch batch;
  private final int heads;
  private final float[] inputs;
  private final int[] categories;
  private final @Nullable Exchange exchange;
  private float factor = 1;

  /**
   * Some columns of each sequence taken from another, whole histories at a time.
   *
   * @param inputs which numbers of a step
   * @param codes which categories of a step
   * @param donors for each sequence which one gives; both observed in the same steps
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Exchange(int[] inputs, int[] codes, int[] donors) {}

  /** Batches of {@code sequences} with targets for so many heads; 0 to predict. */
  Batches(Sequences sequences, int heads) {
    this(sequences, heads, null);
  }

  /** The same with some columns exchanged; null for none. */
  Batches(Sequences sequences, int heads, @Nullable Exchange exchange) {
    this.exchange = exchange;
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
      if (exchange != null) {
        exchange(exchange, i);
      }
      if (factor != 1) {
        for (int k = 0; k < inputs.length; k++) {
          inputs[k] *= factor;
        }
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

  /** The same with all numbers multiplied: 0 is the average person-year of the training fold. */
  SequenceBatch scaled(int[] order, int from, int to, float scale) {
    factor = scale;
    try {
      return inference(order, from, to);
    } finally {
      factor = 1;
    }
  }

  private void exchange(Exchange wanted, int i) {
    float[] given = new float[inputs.length];
    int[] codes = new int[categories.length];
    sequences.copyInputs(wanted.donors()[i], given, 0);
    sequences.copyCategories(wanted.donors()[i], codes, 0);
    int features = sequences.features();
    int width = sequences.categories();
    for (int step = 0; step < sequences.steps(); step++) {
      for (int column : wanted.inputs()) {
        inputs[step * features + column] = given[step * features + column];
      }
      for (int column : wanted.codes()) {
        categories[step * width + column] = codes[step * width + column];
      }
    }
  }
}
