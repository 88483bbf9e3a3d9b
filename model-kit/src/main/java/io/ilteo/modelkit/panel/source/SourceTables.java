package io.ilteo.modelkit.panel.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens survey files: the content tells the format, the extension only where it does not. */
public final class SourceTables {
  private SourceTables() {}

  /**
   * Opens the file at {@code path}.
   *
   * @param fileName what the user calls it; it appears in messages
   */
  public static SourceTable open(Path path, String fileName) {
    try {
      if (!Files.isRegularFile(path)) {
        throw BadFile.of(fileName, "is not a readable file.");
      }
      if (Files.size(path) == 0) {
        throw BadFile.of(fileName, "is empty.");
      }
      return CsvTable.open(path, fileName);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the file at {@code path} under its own name. */
  public static SourceTable open(Path path) {
    return open(path, String.valueOf(path.getFileName()));
  }
}
