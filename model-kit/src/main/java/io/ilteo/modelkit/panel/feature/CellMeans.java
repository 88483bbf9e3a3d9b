package io.ilteo.modelkit.panel.feature;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Mean log real wage by cell of categories (industry × occupation), shrunk towards the overall mean
 * by {@value #PRIOR_ROWS} pseudo-rows. Learned on training rows, looked up everywhere.
 */
final class CellMeans {
  static final int PRIOR_ROWS = 20;
  private static final int MISSING = Integer.MIN_VALUE;
  private static final String MISSING_TEXT = "-";

  private final int[] columns;
  private final Map<List<Integer>, Double> means;
  private final double overall;

  private CellMeans(int[] columns, Map<List<Integer>, Double> means, double overall) {
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
    Map<List<Integer>, Double> means = new HashMap<>();
    table.means().forEach((text, mean) -> means.put(parsed(text), mean));
    return new CellMeans(columns, means, table.overall());
  }

  double mean(PersonYear at) {
    return means.getOrDefault(key(columns, at), overall);
  }

  private static List<Integer> key(int[] columns, PersonYear at) {
    Integer[] key = new Integer[columns.length];
    for (int c = 0; c < key.length; c++) {
      float code = at.value(columns[c]);
      key[c] = Float.isNaN(code) ? MISSING : (int) code;
    }
    return List.of(key);
  }

  /** As it is saved: each code and a slash behind it. */
  private static String text(List<Integer> key) {
    return key.stream()
        .map(code -> (code == MISSING ? MISSING_TEXT : code.toString()) + '/')
        .collect(Collectors.joining());
  }

  private static List<Integer> parsed(String text) {
    return Arrays.stream(text.split("/"))
        .filter(code -> !code.isEmpty())
        .map(code -> code.equals(MISSING_TEXT) ? (Integer) MISSING : Integer.valueOf(code))
        .toList();
  }

  /** Gathers training rows. */
  static final class Fitting {
    private final List<String> names;
    private final int[] columns;
    private final Map<List<Integer>, double[]> sums = new HashMap<>();
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
      sums.forEach(
          (key, s) -> means.put(text(key), (s[0] + PRIOR_ROWS * overall) / (s[1] + PRIOR_ROWS)));
      return new CellTable(names, means, overall);
    }
  }
}
