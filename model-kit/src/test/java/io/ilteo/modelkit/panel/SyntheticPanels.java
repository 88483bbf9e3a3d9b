package io.ilteo.modelkit.panel;

import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.modelkit.panel.importing.PanelImport;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.synthetic.SyntheticPanel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Synthetic panels for tests, through the real writer, reader and mapping. */
public final class SyntheticPanels {
  private SyntheticPanels() {}

  public static ImportedPanel imported(int persons, long seed) {
    try {
      Path file = Files.createTempFile("synthetic", ".csv");
      try {
        new SyntheticPanel(persons, seed).writeCsv(file);
        return PanelImport.read(file, Mappings.named("klips-long"));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
