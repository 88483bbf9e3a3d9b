package io.ilteo.modelkit.panel.importing;

import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.WaveFiles;
import io.ilteo.modelkit.panel.source.SourceTable;
import io.ilteo.modelkit.panel.source.SourceTables;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Imports survey files under a mapping: the way from files to a {@link
 * io.ilteo.modelkit.panel.Panel}.
 *
 * <p>All or nothing: either a whole panel with the list of what was left out, or an {@code
 * InvalidArgument} with one clear line.
 */
public final class PanelImport {
  private PanelImport() {}

  /** Imports one file in long layout, or one wave file, under {@code mapping}. */
  public static ImportedPanel read(Path file, Mapping mapping) {
    return read(List.of(SurveyFile.of(file)), mapping);
  }

  /** Imports {@code files} as one panel: parts of a long file, or the wave files of a survey. */
  public static ImportedPanel read(List<SurveyFile> files, Mapping mapping) {
    if (files.isEmpty()) {
      throw new InvalidArgument("No file to import.");
    }
    WaveFiles waves = mapping.waves();
    try {
      return waves == null ? readLong(files, mapping) : new WaveImport(mapping, waves).read(files);
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidArgument("A file cannot be read: " + e.getMessage());
    }
  }

  private static ImportedPanel readLong(List<SurveyFile> files, Mapping mapping)
      throws IOException {
    PanelAssembly assembly = new PanelAssembly(mapping);
    for (SurveyFile file : files) {
      try (SourceTable table = SourceTables.open(file.path(), file.name())) {
        assembly.add(table, "", 0);
      }
    }
    return assembly.finish();
  }
}
