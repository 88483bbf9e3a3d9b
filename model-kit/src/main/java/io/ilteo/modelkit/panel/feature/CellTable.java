package io.ilteo.modelkit.panel.feature;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fitted cell means as they are saved.
 *
 * @param columns category columns that make a cell
 * @param means codes joined by '/' to mean log real wage
 * @param overall mean over all training rows, for cells never seen
 */
public record CellTable(List<String> columns, Map<String, Double> means, double overall) {
  public CellTable {
    columns = List.copyOf(columns);
    means = new TreeMap<>(means);
  }
}
