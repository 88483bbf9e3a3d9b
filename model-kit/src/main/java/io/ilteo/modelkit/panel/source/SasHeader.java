package io.ilteo.modelkit.panel.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sizes that a SAS data set claims, compared with the size of its file before a library
 * believes them and allocates.
 *
 * <p>Offsets as described by Shotwell, "SAS7BDAT database binary format" (2013): byte 32 = '3' for
 * 64 bit, byte 35 = '3' adds 4 bytes of alignment, byte 37 = 1 little-endian; header length at 196
 * + alignment, page length after it, then the page count, 4 or 8 bytes wide.
 *
 * @param wide whether offsets are 64 bit
 */
record SasHeader(boolean wide, ByteOrder order, int headerBytes, int pageBytes) {
  private static final int HEAD_BYTES = 288;
  private static final int MIN_PAGE_BYTES = 1024;
  private static final int MAX_PAGE_BYTES = 8 << 20;

  static SasHeader read(Path path, String fileName) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(HEAD_BYTES);
    }
    if (head.length < HEAD_BYTES) {
      throw BadFile.of(fileName, "ends within its header; the file is truncated.");
    }
    boolean wide = head[32] == '3';
    int at = 196 + (head[35] == '3' ? 4 : 0);
    ByteOrder order = head[37] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer bytes = ByteBuffer.wrap(head).order(order);
    int header = bytes.getInt(at);
    int page = bytes.getInt(at + 4);
    long pages = wide ? bytes.getLong(at + 8) : bytes.getInt(at + 8);
    long size = Files.size(path);
    if (header < HEAD_BYTES || page < MIN_PAGE_BYTES || page > MAX_PAGE_BYTES || pages < 1) {
      throw BadFile.of(
          fileName,
          "claims a header of %d bytes and %d pages of %d; the file is damaged."
              .formatted(header, pages, page));
    }
    if (pages > (size - header) / page) {
      throw BadFile.of(
          fileName,
          "claims %d pages of %d bytes but has %d bytes; the file is truncated."
              .formatted(pages, page, size));
    }
    return new SasHeader(wide, order, header, page);
  }
}
