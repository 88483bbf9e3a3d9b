package io.ilteo.satisfaction;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.ClassReading;
import io.ilteo.modelkit.training.PersonGroupings;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.ScoredClasses;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The sequences whose target class is known: the rows that every model is scored on. */
final class SatisfactionRows {
  private final int classes;
  private final PersonGroupings groupings;

  SatisfactionRows(PreparedData data) {
    this.classes = classes(data);
    this.groupings = PersonGroupings.of(data);
  }

  /** Classes that {@code data} folds satisfaction into. */
  static int classes(PreparedData data) {
    return data.folds().training().targets().satisfactionClasses();
  }

  /** Observed class of sequence {@code i}, or −1. */
  int observed(Sequences sequences, int i) {
    return sequences.satisfactionClass(i, classes);
  }

  /** Names of the classes. */
  List<String> labels() {
    return SatisfactionLabels.of(classes);
  }

  /**
   * Scores {@code predict}.
   *
   * @param predict class probabilities of a sequence
   * @param choice how they are to be read
   */
  ScoredClasses score(
      Sequences sequences, IntFunction<double[]> predict, ClassReading.Choice choice) {
    int[] rows =
        IntStream.range(0, sequences.size()).filter(i -> observed(sequences, i) >= 0).toArray();
    return ScoredClasses.of(
        rows,
        IntStream.of(rows).map(i -> observed(sequences, i)).toArray(),
        IntStream.of(rows).mapToObj(predict).toArray(double[][]::new),
        labels(),
        groupings.of(sequences, rows),
        choice);
  }
}
