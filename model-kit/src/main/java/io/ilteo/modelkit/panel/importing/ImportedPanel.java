package io.ilteo.modelkit.panel.importing;

import io.ilteo.modelkit.panel.Panel;
import java.util.List;

/**
 * A panel and what happened on the way to it.
 *
 * @param rowsRead rows of the source
 * @param columns one for each column of the panel, in its order
 * @param exclusions rows and values left out, by reason
 */
public record ImportedPanel(
    Panel panel, long rowsRead, List<ColumnReport> columns, List<Exclusion> exclusions) {
  public ImportedPanel {
    columns = List.copyOf(columns);
    exclusions = List.copyOf(exclusions);
  }
}
