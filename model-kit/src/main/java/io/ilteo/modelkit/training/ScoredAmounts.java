package io.ilteo.modelkit.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Predicted amounts beside observed ones.
 *
 * @param sequences [n] where each row comes from
 * @param observed [n], positive
 * @param predicted [n], positive
 * @param groupings for RMSE by group
 * @param bounds prediction intervals; none until {@link #calibrated}
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredAmounts(
    int[] sequences,
    double[] observed,
    double[] predicted,
    List<Grouping> groupings,
    List<Bounds> bounds)
    implements Scored {
  private static final int BANDS = 5;

  public ScoredAmounts {
    groupings = List.copyOf(groupings);
    bounds = List.copyOf(bounds);
  }

  /** Amounts without intervals. */
  public ScoredAmounts(
      int[] sequences, double[] observed, double[] predicted, List<Grouping> groupings) {
    this(sequences, observed, predicted, groupings, List.of());
  }

  /**
   * The figures of {@link RegressionMetrics}; {@code rmse_{grouping}_{key}} for each group that has
   * rows; and for each interval {@code coverage_80} (share inside) and {@code width_80} (mean
   * width).
   */
  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>(RegressionMetrics.of(observed, predicted));
    groupings.forEach(grouping -> addByGroup(grouping, metrics));
    bounds.forEach(bound -> bound.addTo(metrics, observed));
    return metrics;
  }

  private void addByGroup(Grouping grouping, Map<String, Double> metrics) {
    double[] squares = new double[grouping.keys().size()];
    int[] counts = new int[squares.length];
    for (int row = 0; row < observed.length; row++) {
      int group = grouping.groups()[row];
      if (group >= 0) {
        double error = predicted[row] - observed[row];
        squares[group] += error * error;
        counts[group]++;
      }
    }
    for (int group = 0; group < squares.length; group++) {
      if (counts[group] > 0) {
        metrics.put(
            "rmse_%s_%s".formatted(grouping.name(), grouping.keys().get(group)),
            Math.sqrt(squares[group] / counts[group]));
      }
    }
  }

  @Override
  public ScoredAmounts select(int[] rows) {
    return new ScoredAmounts(
        IntStream.of(rows).map(row -> sequences[row]).toArray(),
        pick(observed, rows),
        pick(predicted, rows),
        groupings.stream().map(grouping -> grouping.select(rows)).toList(),
        bounds.stream().map(bound -> bound.select(rows)).toList());
  }

  /** These rows with the conformal intervals that {@code validation} calibrates. */
  @Override
  public ScoredAmounts calibrated(Scored validation) {
    if (!(validation instanceof ScoredAmounts amounts)) {
      throw new IllegalArgumentException("amounts are calibrated on amounts");
    }
    return with(ConformalIntervals.fit(amounts.predicted(), amounts.observed(), BANDS));
  }

  /** These rows with intervals. */
  public ScoredAmounts with(ConformalIntervals intervals) {
    List<Bounds> made = new ArrayList<>();
    for (double coverage : ConformalIntervals.COVERAGES) {
      double[] lower = new double[predicted.length];
      double[] upper = new double[predicted.length];
      for (int row = 0; row < predicted.length; row++) {
        ConformalIntervals.Interval interval = intervals.interval(predicted[row], coverage);
        lower[row] = interval.lower();
        upper[row] = interval.upper();
      }
      made.add(new Bounds(coverage, lower, upper));
    }
    return new ScoredAmounts(sequences, observed, predicted, groupings, made);
  }

  private static double[] pick(double[] values, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  /**
   * Prediction intervals of every row.
   *
   * @param coverage promised share of observations inside
   * @param lower [n]
   * @param upper [n]
   */
  public record Bounds(double coverage, double[] lower, double[] upper) {
    private void addTo(Map<String, Double> metrics, double[] observed) {
      int inside = 0;
      double width = 0;
      for (int row = 0; row < observed.length; row++) {
        inside += lower[row] <= observed[row] && observed[row] <= upper[row] ? 1 : 0;
        width += upper[row] - lower[row];
      }
      long percent = Math.round(100 * coverage);
      metrics.put("coverage_" + percent, (double) inside / observed.length);
      metrics.put("width_" + percent, width / observed.length);
    }

    private Bounds select(int[] rows) {
      return new Bounds(coverage, pick(lower, rows), pick(upper, rows));
    }
  }
}
