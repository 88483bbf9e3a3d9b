package io.ilteo.modelkit.panel.source;

import java.util.Map;

/**
 * A column of a survey file as the file describes it.
 *
 * @param name name in the file
 * @param label what the file says it is; empty where it says nothing
 * @param valueLabels code to label; empty where the file has none
 */
public record SourceColumn(String name, String label, Map<Double, String> valueLabels) {
  public SourceColumn {
    valueLabels = Map.copyOf(valueLabels);
  }

  public SourceColumn(String name) {
    this(name, "", Map.of());
  }
}
