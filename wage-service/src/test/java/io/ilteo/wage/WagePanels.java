package io.ilteo.wage;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.panel.importing.PanelImport;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.synthetic.SyntheticPanel;
import io.ilteo.modelkit.training.PreparedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Synthetic panels prepared for the wage task. */
final class WagePanels {
  private WagePanels() {}

  static PreparedData synthetic(int persons, long seed) {
    try {
      Path file = Files.createTempFile("synthetic", ".csv");
      try {
        new SyntheticPanel(persons, seed).writeCsv(file);
        Panel panel = PanelImport.read(file, Mappings.named("klips-long")).panel();
        return PreparedData.of(
            panel,
            WindowSpec.standard(),
            Protocol.NEW_PERSONS,
            new WageTask().targets(panel, 0),
            FeatureSet.PANEL_V1,
            seed);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
