package io.ilteo.modelkit.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predicted class probabilities beside observed classes.
 *
 * @param sequences [n] where each row comes from
 * @param observed [n], 0 … k−1
 * @param probabilities [n][k], rows summing to 1
 * @param decided [n], the class that is answered
 * @param labels [k], what people call the classes
 * @param groupings for accuracy by group
 * @param choice what {@link #calibrated} learns
 * @param sets [n][k] which classes a set of {@link #COVERAGE} holds; empty until {@link
 *     #calibrated}
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredClasses(
    int[] sequences,
    int[] observed,
    double[][] probabilities,
    int[] decided,
    List<String> labels,
    List<Grouping> groupings,
    ClassReading.Choice choice,
    boolean[][] sets)
    implements Scored {
  /** What sets promise in figures. */
  public static final double COVERAGE = 0.9;

  public ScoredClasses {
    labels = List.copyOf(labels);
    groupings = List.copyOf(groupings);
  }

  /** Rows before anything is learned of their errors. */
  public static ScoredClasses of(
      int[] sequences,
      int[] observed,
      double[][] probabilities,
      List<String> labels,
      List<Grouping> groupings,
      ClassReading.Choice choice) {
    ClassReading reading = ClassReading.unlearned(choice, labels.size());
    int[] decided = Arrays.stream(probabilities).mapToInt(reading.rule()::decide).toArray();
    return new ScoredClasses(
        sequences, observed, probabilities, decided, labels, groupings, choice, new boolean[0][]);
  }

  /** The same rows, decided otherwise. */
  public ScoredClasses deciding(int[] otherwise) {
    return new ScoredClasses(
        sequences, observed, probabilities, otherwise, labels, groupings, choice, sets);
  }

  /**
   * The figures of {@link ClassMetrics}; {@code accuracy_{grouping}_{key}} for each group that has
   * rows; and for sets {@code coverage_90} (share that holds the observed class) and {@code
   * set_size_90} (mean number of classes).
   */
  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics =
        new LinkedHashMap<>(ClassMetrics.of(observed, probabilities, decided));
    groupings.forEach(grouping -> addByGroup(grouping, metrics));
    if (sets.length > 0) {
      int held = 0;
      int classes = 0;
      for (int row = 0; row < observed.length; row++) {
        held += sets[row][observed[row]] ? 1 : 0;
        for (boolean in : sets[row]) {
          classes += in ? 1 : 0;
        }
      }
      metrics.put("coverage_90", (double) held / observed.length);
      metrics.put("set_size_90", (double) classes / observed.length);
    }
    return metrics;
  }

  private void addByGroup(Grouping grouping, Map<String, Double> metrics) {
    int[] hits = new int[grouping.keys().size()];
    int[] counts = new int[hits.length];
    for (int row = 0; row < observed.length; row++) {
      int group = grouping.groups()[row];
      if (group >= 0) {
        hits[group] += decided[row] == observed[row] ? 1 : 0;
        counts[group]++;
      }
    }
    for (int group = 0; group < hits.length; group++) {
      if (counts[group] > 0) {
        metrics.put(
            "accuracy_%s_%s".formatted(grouping.name(), grouping.keys().get(group)),
            (double) hits[group] / counts[group]);
      }
    }
  }

  /** These rows calibrated, decided and with sets, as {@code validation} teaches. */
  @Override
  public ScoredClasses calibrated(Scored validation) {
    if (!(validation instanceof ScoredClasses classes)) {
      throw new IllegalArgumentException("classes are calibrated on classes");
    }
    ClassReading reading = ClassReading.fit(choice, classes.observed(), classes.probabilities());
    double[][] calibrated =
        Arrays.stream(probabilities).map(reading.calibration()::apply).toArray(double[][]::new);
    boolean keeps = choice.equals(ClassReading.Choice.PLAIN);
    return new ScoredClasses(
        sequences,
        observed,
        calibrated,
        // A plain rule was applied already, or another than any of ours.
        keeps ? decided : Arrays.stream(calibrated).mapToInt(reading.rule()::decide).toArray(),
        labels,
        groupings,
        choice,
        Arrays.stream(calibrated).map(row -> reading.set(row, COVERAGE)).toArray(boolean[][]::new));
  }

  /** Calibrated and decided by what these rows themselves teach: at most six numbers. */
  @Override
  public ScoredClasses asServed() {
    return choice.equals(ClassReading.Choice.PLAIN) ? this : calibrated(this);
  }

  @Override
  public ScoredClasses select(int[] rows) {
    return new ScoredClasses(
        IntStream.of(rows).map(row -> sequences[row]).toArray(),
        IntStream.of(rows).map(row -> observed[row]).toArray(),
        Arrays.stream(rows).mapToObj(row -> probabilities[row]).toArray(double[][]::new),
        IntStream.of(rows).map(row -> decided[row]).toArray(),
        labels,
        groupings.stream().map(grouping -> grouping.select(rows)).toList(),
        choice,
        sets.length == 0
            ? sets
            : Arrays.stream(rows).mapToObj(row -> sets[row]).toArray(boolean[][]::new));
  }
}
