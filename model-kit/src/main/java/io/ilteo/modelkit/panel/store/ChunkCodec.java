package io.ilteo.modelkit.panel.store;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses a chunk of 32-bit words: the four bytes of each word go to four planes, which makes
 * codes and years long runs, then Deflate.
 */
final class ChunkCodec {
  /** Words of a full chunk: 256 KiB before compression. */
  static final int CHUNK_WORDS = 1 << 16;

  private static final int WORD_BYTES = 4;

  private ChunkCodec() {}

  static byte[] pack(int[] words, int from, int count) {
    byte[] planes = new byte[count * WORD_BYTES];
    for (int i = 0; i < count; i++) {
      int word = words[from + i];
      for (int plane = 0; plane < WORD_BYTES; plane++) {
        planes[plane * count + i] = (byte) (word >>> (8 * plane));
      }
    }
    return deflate(planes);
  }

  static void unpack(byte[] packed, int[] words, int from, int count) {
    byte[] planes = inflate(packed, count * WORD_BYTES);
    for (int i = 0; i < count; i++) {
      int word = 0;
      for (int plane = 0; plane < WORD_BYTES; plane++) {
        word |= (planes[plane * count + i] & 0xFF) << (8 * plane);
      }
      words[from + i] = word;
    }
  }

  static byte[] deflate(byte[] raw) {
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(raw);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length / 3 + 64);
      byte[] buffer = new byte[1 << 14];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }

  /**
   * @throws IllegalStateException if the bytes are not what {@link #deflate} made of {@code length}
   *     bytes
   */
  static byte[] inflate(byte[] packed, int length) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed);
      byte[] raw = new byte[length];
      int filled = 0;
      while (filled < length) {
        int read = inflater.inflate(raw, filled, length - filled);
        if (read == 0) {
          throw new IllegalStateException("A stored chunk is shorter than it should be.");
        }
        filled += read;
      }
      return raw;
    } catch (DataFormatException e) {
      throw new IllegalStateException("A stored chunk is damaged.", e);
    }
  }
}
