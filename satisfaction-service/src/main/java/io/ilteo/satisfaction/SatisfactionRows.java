package io.ilteo.satisfaction;

import static io.ilteo.satisfaction.SatisfactionTask.CLASSES;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.ScoredClasses;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The sequences whose target class is known: the rows that every model is scored on. */
final class SatisfactionRows {
  private static final List<String> LABELS = List.of("dissatisfied", "neutral", "satisfied");

  private SatisfactionRows() {}

  /**
   * Scores {@code predict}.
   *
   * @param predict class probabilities of a sequence
   */
  static ScoredClasses score(Sequences sequences, IntFunction<double[]> predict) {
    int[] rows =
        IntStream.range(0, sequences.size())
            .filter(i -> sequences.satisfactionClass(i, CLASSES) >= 0)
            .toArray();
    return new ScoredClasses(
        rows,
        IntStream.of(rows).map(i -> sequences.satisfactionClass(i, CLASSES)).toArray(),
        IntStream.of(rows).mapToObj(predict).toArray(double[][]::new),
        LABELS);
  }
}
