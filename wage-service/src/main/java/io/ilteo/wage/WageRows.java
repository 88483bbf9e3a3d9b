package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.Grouping;
import io.ilteo.modelkit.training.PersonGroupings;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.ScoredAmounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The sequences whose target wage is known: the rows that every wage model is scored on, divided by
 * observed wage, sex, sample and employment.
 */
final class WageRows {
  /** Wage bands: the training fold's fifths, so that they mean the same on every panel. */
  static final int BANDS = 5;

  private final double[] edges;
  private final PersonGroupings persons;
  private final double least;

  WageRows(PreparedData data) {
    Sequences training = data.training();
    double[] wages =
        IntStream.range(0, training.size())
            .filter(training::hasWage)
            .mapToDouble(training::wage)
            .sorted()
            .toArray();
    this.edges = new double[BANDS - 1];
    Arrays.setAll(edges, band -> wages[(int) ((long) wages.length * (band + 1) / BANDS)]);
    this.persons = PersonGroupings.of(data);
    this.least = wages[0];
  }

  /** Least wage of the training fold: no less is predicted. */
  double least() {
    return least;
  }

  /**
   * Scores {@code predict}.
   *
   * @param predict nominal wage of a sequence, in the panel's unit; less than the least wage of the
   *     training fold counts as that
   */
  ScoredAmounts score(Sequences sequences, IntToDoubleFunction predict) {
    int[] rows = IntStream.range(0, sequences.size()).filter(sequences::hasWage).toArray();
    return new ScoredAmounts(
        rows,
        IntStream.of(rows).mapToDouble(sequences::wage).toArray(),
        IntStream.of(rows).mapToDouble(i -> Math.max(least, predict.applyAsDouble(i))).toArray(),
        groupings(sequences, rows));
  }

  private List<Grouping> groupings(Sequences sequences, int[] rows) {
    List<Grouping> groupings = new ArrayList<>(persons.of(sequences, rows));
    groupings.addFirst(bands(sequences, rows));
    return groupings;
  }

  private Grouping bands(Sequences sequences, int[] rows) {
    List<String> keys = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int band = 0; band < BANDS; band++) {
      keys.add(Integer.toString(band + 1));
      String from = band == 0 ? "0" : "%.0f".formatted(edges[band - 1]);
      labels.add(band == BANDS - 1 ? from + "+" : from + "-%.0f".formatted(edges[band]));
    }
    return new Grouping("wage_band", keys, labels, groups(rows, i -> bandOf(sequences.wage(i))));
  }

  private int bandOf(double wage) {
    int band = 0;
    while (band < edges.length && wage >= edges[band]) {
      band++;
    }
    return band;
  }

  private static int[] groups(int[] rows, IntUnaryOperator group) {
    return IntStream.of(rows).map(group).toArray();
  }
}
