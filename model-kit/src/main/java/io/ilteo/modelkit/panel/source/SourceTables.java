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
    return open(path, fileName, false);
  }

  /**
   * Opens the head of a file, cut off anywhere: rows end where the bytes do, with an error at the
   * last that a caller of this method should not mind. SAS and Excel files cannot be read in part.
   */
  public static SourceTable openHead(Path path, String fileName) {
    return open(path, fileName, true);
  }

  private static SourceTable open(Path path, String fileName, boolean head) {
    try {
      if (!Files.isRegularFile(path)) {
        throw BadFile.of(fileName, "is not a readable file.");
      }
      if (Files.size(path) == 0) {
        throw BadFile.of(fileName, "is empty.");
      }
      return byContent(path, fileName, head);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceTable byContent(Path path, String fileName, boolean cut) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    boolean whole = SasTable.claims(head) || XlsxTable.claims(head);
    if (cut && whole) {
      throw BadFile.of(fileName, "cannot be read in part: SAS and Excel files are needed whole.");
    }
    if (StataTable.claims(head)) {
      return StataTable.open(path, fileName, cut);
    }
    if (SasTable.claims(head)) {
      return SasTable.open(path, fileName);
    }
    if (SpssTable.claims(head)) {
      return SpssTable.open(path, fileName);
    }
    if (XlsxTable.claims(head)) {
      return XlsxTable.open(path, fileName);
    }
    requireText(head, fileName);
    return CsvTable.open(path, fileName, cut);
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
