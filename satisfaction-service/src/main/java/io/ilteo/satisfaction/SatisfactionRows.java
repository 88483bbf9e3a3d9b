package io.ilteo.satisfaction;

import static io.ilteo.satisfaction.SatisfactionTask.CLASSES;

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
  static final List<String> LABELS = List.of("dissatisfied", "neutral", "satisfied");

  private final PersonGroupings groupings;

  SatisfactionRows(PreparedData data) {
    this.groupings = PersonGroupings.of(data);
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
        IntStream.range(0, sequences.size())
            .filter(i -> sequences.satisfactionClass(i, CLASSES) >= 0)
            .toArray();
    return ScoredClasses.of(
        rows,
        IntStream.of(rows).map(i -> sequences.satisfactionClass(i, CLASSES)).toArray(),
        IntStream.of(rows).mapToObj(predict).toArray(double[][]::new),
        LABELS,
        groupings.of(sequences, rows),
        choice);
  }
}
