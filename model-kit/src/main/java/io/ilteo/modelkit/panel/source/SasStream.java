package io.ilteo.modelkit.panel.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The bytes of a SAS data set, with one repair: the size word of column-text subheaders.
 *
 * <p>SAS leaves 12 or 20 bytes free at the end of a column text and does not count them; ReadStat
 * (haven, pyreadstat) uses them for names, and Parso, which believes the size word, loses those
 * names. The repaired word covers the whole subheader.
 */
final class SasStream extends FilterInputStream {
  private static final int TEXT_SIGNATURE = 0xFFFFFFFD;
  private static final int META_TYPES = 0xF0FF;

  private final SasHeader header;
  private byte[] page = {};
  private int at;
  private boolean headerRead;

  SasStream(InputStream in, SasHeader header) {
    super(in);
    this.header = header;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == page.length && !fill()) {
      return -1;
    }
    int count = Math.min(length, page.length - at);
    System.arraycopy(page, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long left = count;
    while (left > 0 && (at < page.length || fill())) {
      int step = (int) Math.min(left, page.length - at);
      at += step;
      left -= step;
    }
    return count - left;
  }

  @Override
  public int available() {
    return page.length - at;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private boolean fill() throws IOException {
    page = in.readNBytes(headerRead ? header.pageBytes() : header.headerBytes());
    at = 0;
    if (headerRead && page.length == header.pageBytes()) {
      repair(ByteBuffer.wrap(page).order(header.order()));
    }
    headerRead = true;
    return page.length > 0;
  }

  private void repair(ByteBuffer bytes) {
    int base = header.wide() ? 32 : 16;
    int pointerBytes = header.wide() ? 24 : 12;
    boolean metadata = (bytes.getShort(base) & META_TYPES & ~0x200) == 0;
    int subheaders = bytes.getShort(base + 4) & 0xFFFF;
    for (int i = 0; metadata && i < subheaders; i++) {
      int pointer = base + 8 + i * pointerBytes;
      if (pointer > bytes.limit() - pointerBytes) {
        return;
      }
      long from = header.wide() ? bytes.getLong(pointer) : bytes.getInt(pointer);
      long length = header.wide() ? bytes.getLong(pointer + 8) : bytes.getInt(pointer + 4);
      repairText(bytes, from, length);
    }
  }

  private void repairText(ByteBuffer bytes, long from, long length) {
    int signature = header.wide() ? 8 : 4;
    boolean inside = from > 0 && length > signature + 2 && from <= bytes.limit() - length;
    boolean text =
        inside
            && bytes.getInt(
                    (int) from
                        + (header.order() == java.nio.ByteOrder.LITTLE_ENDIAN ? 0 : signature - 4))
                == TEXT_SIGNATURE;
    if (text && length - signature <= Short.MAX_VALUE) {
      bytes.putShort((int) from + signature, (short) (length - signature));
    }
  }
}
