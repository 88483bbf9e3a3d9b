package io.ilteo.modelkit.panel;

import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.modelkit.panel.importing.PanelImport;
import io.ilteo.modelkit.panel.importing.SurveyFile;
import io.ilteo.modelkit.panel.mapping.ColumnRole;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Panels written down in a test. */
public final class TestPanels {
  /** A mapping with both targets, an age, a facet and a column that tests do with as they like. */
  public static final String YAML =
      """
      name: tiny
      person: pid
      time: {source: year}
      wage: {source: pay, unit: 만원, missing: [-1, 9999], range: [1, 5000]}
      satisfaction:
        source: sat
        missing: [-1]
        scale: [5, 4, 3, 2, 1]
        classes: {3: [[5, 4], [3], [2, 1]], 5: [[5], [4], [3], [2], [1]]}
      columns:
        - {name: age, source: age, type: numeric, range: [10, 110]}
        - {name: facet_pay, source: facet, type: ordinal, range: [1, 5], direction: descending, facet: true}
        - {name: extra, source: extra, type: numeric}
      """;

  private TestPanels() {}

  public static Mapping mapping() {
    return Mappings.parse(YAML);
  }

  /** Imports CSV text under {@code mapping}. */
  public static ImportedPanel imported(String csv, Mapping mapping) {
    return imported(csv.getBytes(java.nio.charset.StandardCharsets.UTF_8), "panel.csv", mapping);
  }

  /** Imports bytes as a file called {@code name}. */
  public static ImportedPanel imported(byte[] bytes, String name, Mapping mapping) {
    try {
      Path file = Files.createTempFile("panel", ".data");
      try {
        Files.write(file, bytes);
        return PanelImport.read(List.of(new SurveyFile(name, file)), mapping);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The panel with one more numeric feature column. */
  public static Panel with(Panel panel, String name, float[] values) {
    List<PanelColumn> columns = new ArrayList<>(panel.columns());
    columns.removeIf(c -> c.name().equals(name));
    ColumnRole role =
        name.equals("wage")
            ? ColumnRole.WAGE
            : name.equals("satisfaction") ? ColumnRole.SATISFACTION : ColumnRole.FEATURE;
    int at = role == ColumnRole.FEATURE ? columns.size() : role == ColumnRole.WAGE ? 0 : 1;
    columns.add(at, new PanelColumn(name, name, role, ColumnType.NUMERIC, values));
    List<String> persons = new ArrayList<>();
    int[] starts = new int[panel.personCount() + 1];
    int[] years = new int[panel.personYears()];
    for (int p = 0; p < panel.personCount(); p++) {
      persons.add(panel.person(p));
      starts[p + 1] = panel.start(p + 1);
    }
    for (int row = 0; row < years.length; row++) {
      years[row] = panel.year(row);
    }
    return new Panel(panel.mapping(), persons, starts, years, columns);
  }

  /** A copy of a column's values. */
  public static float[] values(Panel panel, String column) {
    float[] values = new float[panel.personYears()];
    panel.column(column).copy(0, values.length, values, 0);
    return values;
  }
}
