package io.ilteo.modelkit.panel.source;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Bytes of a binary survey file, read in the file's byte order. Reading past the end is an error of
 * the file, and nothing is allocated that the file does not hold.
 */
final class BinaryFile {
  private final String fileName;
  private final MemorySegment bytes;
  private final ValueLayout.OfShort shorts;
  private final ValueLayout.OfInt ints;
  private final ValueLayout.OfLong longs;

  BinaryFile(String fileName, MemorySegment bytes, ByteOrder order) {
    this.fileName = fileName;
    this.bytes = bytes;
    this.shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
    this.ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    this.longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
  }

  /** The same bytes in another order. */
  BinaryFile in(ByteOrder order) {
    return new BinaryFile(fileName, bytes, order);
  }

  ByteOrder order() {
    return longs.order();
  }

  long size() {
    return bytes.byteSize();
  }

  /** Refuses the file unless bytes {@code [from, from + length)} exist. */
  void require(long from, long length) {
    if (from < 0 || length < 0 || from > size() - length) {
      throw BadFile.of(
          fileName,
          "has %d bytes where byte %d is needed; the file is truncated or damaged."
              .formatted(size(), from + Math.max(length, 0)));
    }
  }

  int unsignedByte(long at) {
    return signedByte(at) & 0xFF;
  }

  byte signedByte(long at) {
    require(at, 1);
    return bytes.get(ValueLayout.JAVA_BYTE, at);
  }

  short int16(long at) {
    require(at, 2);
    return bytes.get(shorts, at);
  }

  int int32(long at) {
    require(at, 4);
    return bytes.get(ints, at);
  }

  long int64(long at) {
    require(at, 8);
    return bytes.get(longs, at);
  }

  double float64(long at) {
    return Double.longBitsToDouble(int64(at));
  }

  byte[] bytes(long at, long length) {
    require(at, length);
    byte[] copy = new byte[Math.toIntExact(length)];
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, copy, 0, copy.length);
    return copy;
  }

  /** The text in {@code length} bytes, up to the first zero. */
  String text(long at, int length) {
    require(at, length);
    int end = 0;
    while (end < length && bytes.get(ValueLayout.JAVA_BYTE, at + end) != 0) {
      end++;
    }
    return SourceText.decode(bytes(at, end));
  }

  /** Whether {@code tag} stands at {@code at}. */
  boolean hasTag(long at, String tag) {
    if (at < 0 || at > size() - tag.length()) {
      return false;
    }
    for (int i = 0; i < tag.length(); i++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, at + i) != tag.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Position after {@code tag}, which must stand at {@code at}. */
  long after(long at, String tag) {
    if (!hasTag(at, tag)) {
      throw BadFile.of(
          fileName,
          "has no %s where one must be (byte %d); the file is damaged.".formatted(tag, at));
    }
    return at + tag.length();
  }
}
