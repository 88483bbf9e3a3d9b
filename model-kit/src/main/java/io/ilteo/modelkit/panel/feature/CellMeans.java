package io.ilteo.modelkit.panel.feature;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mean log real wage by cell of categories (industry × occupation), shrunk towards the overall mean
 * by {@value #PRIOR_ROWS} pseudo-rows. Learned on training rows, looked up everywhere.
 */
final class CellMeans {
  static final int PRIOR_ROWS = 20;

  private final int[] columns;
  private final Map<String, Double> means;
  private final double overall;

  private CellMeans(int[] columns, Map<String, Double> means, double overall) {
    this.columns = columns;
    this.means = means;
    this.overall = overall;
  }

  /** No cells: every mean is {@code overall}. */
  static CellMeans none() {
    return new CellMeans(new int[0], Map.of(), 0);
  }

  static CellMeans of(InputSchema schema, CellTable table) {
    int[] columns = table.columns().stream().mapToInt(schema::indexOf).toArray();
    return new CellMeans(columns, new HashMap<>(table.means()), table.overall());
  }

  double mean(PersonYear at) {
    return means.getOrDefault(key(columns, at), overall);
  }

  private static String key(int[] columns, PersonYear at) {
    StringBuilder key = new StringBuilder();
    for (int column : columns) {
      float code = at.value(column);
      key.append(Float.isNaN(code) ? "-" : Integer.toString((int) code)).append('/');
    }
    return key.toString();
  }

  /** Gathers training rows. */
  static final class Fitting {
    private final List<String> names;
    private final int[] columns;
    private final Map<String, double[]> sums = new TreeMap<>();
    private double total;
    private long rows;

    Fitting(InputSchema schema, List<String> names) {
      this.names = names;
      this.columns = names.stream().mapToInt(schema::indexOf).toArray();
    }

    void add(PersonYear at) {
      double wage = at.logRealWage();
      if (Double.isNaN(wage)) {
        return;
      }
      double[] sum = sums.computeIfAbsent(key(columns, at), k -> new double[2]);
      sum[0] += wage;
      sum[1]++;
      total += wage;
      rows++;
    }

    CellTable finish() {
      double overall = rows == 0 ? 0 : total / rows;
      Map<String, Double> means = new TreeMap<>();
      sums.forEach((key, s) -> means.put(key, (s[0] + PRIOR_ROWS * overall) / (s[1] + PRIOR_ROWS)));
      return new CellTable(names, means, overall);
    }
  }
}
