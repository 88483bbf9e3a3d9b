package io.ilteo.modelkit.panel;

import io.ilteo.modelkit.panel.mapping.Mappings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over a canonical form of a panel: the mapping as normalised YAML, the persons, the years
 * and every column's name and bits. Labels, exclusions and file names do not count, so that the
 * format of the file leaves no trace.
 */
final class PanelDigest {
  private static final int CHUNK_ROWS = 16_384;

  private final MessageDigest sha = sha256();
  private final ByteBuffer chunk = ByteBuffer.allocate(4 * CHUNK_ROWS);

  private PanelDigest() {}

  static String of(Panel panel) {
    PanelDigest digest = new PanelDigest();
    digest.text(Mappings.write(panel.mapping()));
    digest.number(panel.personCount());
    for (int person = 0; person < panel.personCount(); person++) {
      digest.text(panel.person(person));
      digest.number(panel.start(person));
    }
    digest.number(panel.personYears());
    for (int row = 0; row < panel.personYears(); row++) {
      digest.number(panel.year(row));
    }
    for (PanelColumn column : panel.columns()) {
      digest.text(column.name());
      for (int row = 0; row < column.size(); row++) {
        digest.number(Float.floatToIntBits(column.value(row)));
      }
    }
    digest.flush();
    return HexFormat.of().formatHex(digest.sha.digest());
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    flush();
    sha.update(bytes);
  }

  private void number(int value) {
    if (!chunk.hasRemaining()) {
      flush();
    }
    chunk.putInt(value);
  }

  private void flush() {
    sha.update(chunk.flip());
    chunk.clear();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
