package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.ScoredAmounts;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The sequences whose target wage is known: the rows that every wage model is scored on. */
final class WageRows {
  private WageRows() {}

  /**
   * Scores {@code predict}.
   *
   * @param predict nominal wage of a sequence, in the panel's unit
   */
  static ScoredAmounts score(Sequences sequences, IntToDoubleFunction predict) {
    int[] rows = IntStream.range(0, sequences.size()).filter(sequences::hasWage).toArray();
    return new ScoredAmounts(
        rows,
        IntStream.of(rows).mapToDouble(sequences::wage).toArray(),
        IntStream.of(rows).mapToDouble(predict).toArray());
  }
}
