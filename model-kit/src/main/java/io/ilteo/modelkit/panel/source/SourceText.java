package io.ilteo.modelkit.panel.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes text of binary formats that do not say how it is encoded. */
final class SourceText {
  private SourceText() {}

  /** The bytes as UTF-8 where they are valid, else as CP949; without surrounding space. */
  static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
    } catch (CharacterCodingException e) {
      return new String(bytes, TextEncoding.CP949).strip();
    }
  }
}
