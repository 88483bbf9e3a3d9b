package io.ilteo.modelkit.panel.importing;

import io.ilteo.modelkit.panel.mapping.ColumnRole;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a column became in the import.
 *
 * @param name name under the mapping
 * @param source where it came from
 * @param unit unit, or empty
 * @param label what people call it, or empty
 * @param missingCodes codes that count as missing, and how often each was seen
 * @param missingCount rows of the panel without a value, for whatever reason
 */
public record ColumnReport(
    String name,
    String source,
    ColumnRole role,
    ColumnType type,
    String unit,
    String label,
    Map<Double, Long> missingCodes,
    long missingCount) {
  public ColumnReport {
    missingCodes = new TreeMap<>(missingCodes);
  }
}
