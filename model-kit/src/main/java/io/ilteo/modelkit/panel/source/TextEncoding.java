package io.ilteo.modelkit.panel.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds out how a text file is encoded: UTF-8 with or without byte order mark, else CP949, the
 * superset of EUC-KR that Korean Windows writes.
 *
 * @param charset what to decode with
 * @param bomBytes bytes to skip at the start
 */
record TextEncoding(Charset charset, int bomBytes) {
  /** Windows code page 949. */
  static final Charset CP949 = Charset.forName("x-windows-949");

  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Finds out.
   *
   * @param cut whether the file may end within a character
   */
  static TextEncoding of(Path path, String fileName, boolean cut) throws IOException {
    byte[] head = new byte[4];
    int headBytes;
    try (InputStream in = Files.newInputStream(path)) {
      headBytes = in.readNBytes(head, 0, head.length);
    }
    if (headBytes >= 2 && (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF))) {
      throw BadFile.of(fileName, "is UTF-16; save it as UTF-8 or CP949.");
    }
    boolean bom = headBytes >= 3 && startsWith(head, 0xEF, 0xBB, 0xBF);
    if (decodes(path, StandardCharsets.UTF_8, cut)) {
      return new TextEncoding(StandardCharsets.UTF_8, bom ? 3 : 0);
    }
    if (bom) {
      throw BadFile.of(
          fileName, "starts as UTF-8 but holds bytes that are not; save it in one encoding.");
    }
    if (decodes(path, CP949, cut)) {
      return new TextEncoding(CP949, 0);
    }
    throw BadFile.of(fileName, "is neither UTF-8 nor CP949 throughout; save it in one of them.");
  }

  private static boolean startsWith(byte[] head, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      if ((head[i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean decodes(Path path, Charset charset, boolean cut) throws IOException {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES);
    try (InputStream in = Files.newInputStream(path)) {
      boolean end = false;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.limit(bytes.position() + Math.max(read, 0)).position(0);
        CoderResult result = decoder.decode(bytes, chars.clear(), end && !cut);
        if (result.isError()) {
          return false;
        }
        bytes.compact();
      }
      return true;
    }
  }
}
