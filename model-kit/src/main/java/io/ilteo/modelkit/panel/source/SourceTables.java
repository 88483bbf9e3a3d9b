package io.ilteo.modelkit.panel.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens survey files: the content tells the format, the extension only where it does not. */
public final class SourceTables {
  private static final int HEAD_BYTES = 512;

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
      return byContent(path, fileName);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceTable byContent(Path path, String fileName) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    if (StataTable.claims(head)) {
      return StataTable.open(path, fileName);
    }
    if (SasTable.claims(head)) {
      return SasTable.open(path, fileName);
    }
    if (SpssTable.claims(head)) {
      return SpssTable.open(path, fileName);
    }
    if (head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] <= 8) {
      return XlsxTable.open(path, fileName);
    }
    requireText(head, fileName);
    return CsvTable.open(path, fileName);
  }

  private static void requireText(byte[] head, String fileName) {
    for (byte each : head) {
      if (each == 0) {
        throw BadFile.of(
            fileName,
            "is in no known format; accepted are CSV, TSV, Stata .dta, SAS .sas7bdat, SPSS .sav and .xlsx.");
      }
    }
  }

  /** Opens the file at {@code path} under its own name. */
  public static SourceTable open(Path path) {
    return open(path, String.valueOf(path.getFileName()));
  }
}
