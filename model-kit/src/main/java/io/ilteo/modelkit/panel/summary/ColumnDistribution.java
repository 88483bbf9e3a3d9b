package io.ilteo.modelkit.panel.summary;

import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Distribution of one column.
 *
 * @param mean NaN without values
 * @param deviation standard deviation; NaN without values
 * @param edges bin i covers [edges(i), edges(i + 1)); codes have a bin each where they are few
 *     enough
 * @param counts one for each bin
 */
public record ColumnDistribution(
    String column,
    long present,
    long missing,
    double mean,
    double deviation,
    List<Double> edges,
    List<Long> counts) {
  private static final int MAX_BINS = 64;
  private static final int NUMERIC_BINS = 32;

  public ColumnDistribution {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
  }

  static ColumnDistribution of(PanelColumn column) {
    long present = 0;
    double mean = 0;
    double squares = 0;
    TreeMap<Float, Long> values = new TreeMap<>();
    for (int row = 0; row < column.size(); row++) {
      float value = column.value(row);
      if (!Float.isNaN(value)) {
        double delta = value - mean;
        mean += delta / ++present;
        squares += delta * (value - mean);
        values.merge(value, 1L, Long::sum);
      }
    }
    List<Double> edges = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    if (column.type() != ColumnType.NUMERIC && values.size() < MAX_BINS && present > 0) {
      values.forEach(
          (value, count) -> {
            edges.add((double) value);
            counts.add(count);
          });
      edges.add(values.lastKey() + 1.0);
    } else if (present > 0) {
      bins(values, edges, counts);
    }
    return new ColumnDistribution(
        column.name(),
        present,
        column.size() - present,
        present == 0 ? Double.NaN : mean,
        present == 0 ? Double.NaN : Math.sqrt(squares / present),
        edges,
        counts);
  }

  private static void bins(TreeMap<Float, Long> values, List<Double> edges, List<Long> counts) {
    double low = values.firstKey();
    double width = Math.max((values.lastKey() - low) / NUMERIC_BINS, Math.ulp(low) * NUMERIC_BINS);
    long[] bins = new long[NUMERIC_BINS];
    values.forEach(
        (value, count) -> bins[(int) Math.min(NUMERIC_BINS - 1, (value - low) / width)] += count);
    for (int i = 0; i < NUMERIC_BINS; i++) {
      edges.add(low + i * width);
      counts.add(bins[i]);
    }
    edges.add(low + NUMERIC_BINS * width);
  }
}
