package io.ilteo.modelkit.panel.store;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.importing.ColumnReport;
import io.ilteo.modelkit.panel.importing.Exclusion;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.modelkit.panel.mapping.Mapping;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a stored panel without reading its values.
 *
 * @param digest SHA-256 of content and mapping, hexadecimal
 * @param displayName what a person called it
 */
public record StoredPanel(
    String digest,
    String displayName,
    Mapping mapping,
    long personYears,
    long persons,
    int firstYear,
    int lastYear,
    List<ColumnReport> columns,
    List<Exclusion> exclusions,
    Instant createTime) {
  public StoredPanel {
    columns = List.copyOf(columns);
    exclusions = List.copyOf(exclusions);
  }

  static StoredPanel of(ImportedPanel imported, String displayName, Instant createTime) {
    Panel panel = imported.panel();
    return new StoredPanel(
        panel.digest(),
        displayName,
        panel.mapping(),
        panel.personYears(),
        panel.personCount(),
        panel.firstYear(),
        panel.lastYear(),
        imported.columns(),
        imported.exclusions(),
        createTime);
  }

  /** Resource name: {@code panels/} and the digest's first 16 digits. */
  public String name() {
    return "panels/" + digest.substring(0, 16);
  }
}
