package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Sequences as rows of a table, for learners without time: the last step's inputs and category
 * indices, then the targets' own values in the earlier steps. What was not observed is NaN.
 */
final class FlatRows {
  /** Inputs that hold a target's value in a step, whichever feature set made them. */
  private static final Set<String> LAGGED = Set.of("wage", "log_wage", "satisfaction");

  private final Sequences sequences;
  private final int[] lagged;
  private final float[] inputs;
  private final int[] categories;

  FlatRows(Sequences sequences) {
    List<String> names = sequences.featureNames();
    this.sequences = sequences;
    this.lagged =
        IntStream.range(0, names.size()).filter(j -> LAGGED.contains(names.get(j))).toArray();
    this.inputs = new float[sequences.steps() * sequences.features()];
    this.categories = new int[sequences.steps() * sequences.categories()];
  }

  /** Entries of a row. */
  int width() {
    return sequences.features() + sequences.categories() + lagged.length * (sequences.steps() - 1);
  }

  /** The rows of {@code chosen} sequences, [chosen × {@link #width}]. */
  float[] of(int[] chosen) {
    float[] table = new float[Math.multiplyExact(chosen.length, width())];
    for (int row = 0; row < chosen.length; row++) {
      copy(chosen[row], table, row * width());
    }
    return table;
  }

  private void copy(int i, float[] table, int offset) {
    int features = sequences.features();
    int last = sequences.steps() - 1;
    sequences.copyInputs(i, inputs, 0);
    sequences.copyCategories(i, categories, 0);
    System.arraycopy(inputs, last * features, table, offset, features);
    int at = offset + features;
    for (int c = 0; c < sequences.categories(); c++) {
      table[at++] = categories[last * sequences.categories() + c];
    }
    for (int step = 0; step < last; step++) {
      boolean observed = sequences.observed(i, step);
      for (int input : lagged) {
        table[at++] = observed ? inputs[step * features + input] : Float.NaN;
      }
    }
  }
}
