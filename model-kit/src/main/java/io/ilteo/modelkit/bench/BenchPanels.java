package io.ilteo.modelkit.bench;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.importing.PanelImport;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.synthetic.SyntheticPanel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The panels that models are compared on. */
public final class BenchPanels {
  private static final String SOEP_FILE = "data/soep_practice_2015_2019.csv";

  private BenchPanels() {}

  /** A synthetic panel. */
  public static Panel synthetic(int persons, long seed) throws IOException {
    Path file = Files.createTempFile("ilteo-bench", ".csv");
    try {
      new SyntheticPanel(persons, seed).writeCsv(file);
      return PanelImport.read(file, Mappings.named("klips-long")).panel();
    } finally {
      Files.delete(file);
    }
  }

  /**
   * The SOEP practice data set, which may not be part of this project: looked for in the folder
   * {@code ILTEO_SHARED}, or in {@code shared} beside the project.
   */
  static Optional<Panel> soep() throws IOException {
    String shared = System.getenv("ILTEO_SHARED");
    String root = System.getenv().getOrDefault("ILTEO_ROOT", ".");
    Path folder =
        shared == null ? Path.of(root).toAbsolutePath().resolve("../shared") : Path.of(shared);
    Path file = folder.resolve(SOEP_FILE).normalize();
    return Files.exists(file)
        ? Optional.of(PanelImport.read(file, Mappings.named("soep")).panel())
        : Optional.empty();
  }
}
