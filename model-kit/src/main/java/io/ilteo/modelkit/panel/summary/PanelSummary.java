package io.ilteo.modelkit.panel.summary;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.SatisfactionSpec;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Distributions of a panel: each column, and the targets year by year.
 *
 * @param columns in the panel's order
 * @param years ascending
 */
public record PanelSummary(List<ColumnDistribution> columns, List<YearSummary> years) {
  private static final int CLASSES = 3;

  public PanelSummary {
    columns = List.copyOf(columns);
    years = List.copyOf(years);
  }

  /** Summarises {@code panel}. */
  public static PanelSummary of(Panel panel) {
    TreeSet<Integer> years = new TreeSet<>();
    for (int row = 0; row < panel.personYears(); row++) {
      years.add(panel.year(row));
    }
    return new PanelSummary(
        panel.columns().stream().map(ColumnDistribution::of).toList(),
        years.stream().map(year -> year(panel, year)).toList());
  }

  private static YearSummary year(Panel panel, int year) {
    int[] rows =
        IntStream.range(0, panel.personYears()).filter(r -> panel.year(r) == year).toArray();
    PanelColumn wage = panel.columnOrNull(Mapping.WAGE);
    double[] wages =
        wage == null
            ? new double[0]
            : Arrays.stream(rows)
                .mapToDouble(wage::value)
                .filter(w -> !Double.isNaN(w))
                .sorted()
                .toArray();
    int middle = wages.length / 2;
    double median =
        wages.length == 0
            ? Double.NaN
            : wages.length % 2 == 1 ? wages[middle] : (wages[middle - 1] + wages[middle]) / 2;
    return new YearSummary(
        year,
        rows.length,
        wages.length,
        Arrays.stream(wages).average().orElse(Double.NaN),
        median,
        shares(panel.mapping().satisfaction(), panel.columnOrNull(Mapping.SATISFACTION), rows));
  }

  private static List<Double> shares(
      @Nullable SatisfactionSpec scale, @Nullable PanelColumn satisfaction, int[] rows) {
    if (scale == null || satisfaction == null) {
      return List.of();
    }
    double[] counts = new double[CLASSES];
    double answered = 0;
    for (int row : rows) {
      int each = scale.classOf(satisfaction.value(row), CLASSES);
      if (each >= 0) {
        counts[each]++;
        answered++;
      }
    }
    double all = answered;
    return all == 0 ? List.of() : Arrays.stream(counts).mapToObj(c -> c / all).toList();
  }
}
