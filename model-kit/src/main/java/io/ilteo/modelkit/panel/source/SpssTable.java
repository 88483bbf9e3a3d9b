package io.ilteo.modelkit.panel.source;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** An SPSS system file ({@code .sav}), with value labels; user-missing values count as blank. */
final class SpssTable extends ObjectRowTable {
  private static final int ELEMENT_BYTES = 8;
  private static final long SPACES = 0x2020202020202020L;
  private static final long SYSTEM_MISSING = Double.doubleToLongBits(-Double.MAX_VALUE);
  private static final int CODE_END = 252;
  private static final int CODE_RAW = 253;
  private static final int CODE_SPACES = 254;
  private static final int CODE_MISSING = 255;

  private final Arena arena;
  private final BinaryFile bytes;
  private final SpssDictionary dictionary;
  private final long[] elements;
  private long at;
  private long codesAt;
  private int code = ELEMENT_BYTES;
  private long casesRead;

  private SpssTable(String fileName, Arena arena, BinaryFile bytes) {
    super(fileName);
    this.arena = arena;
    this.bytes = bytes;
    this.dictionary = SpssDictionaries.read(fileName, bytes);
    this.elements = new long[dictionary.elements()];
    this.at = dictionary.dataAt();
    columns(
        dictionary.variables().stream()
            .map(v -> new SourceColumn(v.name(), v.label(), v.labels()))
            .toList());
  }

  static boolean claims(byte[] head) {
    String start = new String(head, 0, Math.min(4, head.length), StandardCharsets.US_ASCII);
    return start.equals("$FL2") || start.equals("$FL3");
  }

  static SpssTable open(Path path, String fileName) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      BinaryFile bytes =
          new BinaryFile(
              fileName,
              channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena),
              ByteOrder.LITTLE_ENDIAN);
      int layout = bytes.int32(64);
      boolean little = layout == 2 || layout == 3;
      return new SpssTable(fileName, arena, little ? bytes : bytes.in(ByteOrder.BIG_ENDIAN));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public String format() {
    return "SPSS (sav)";
  }

  @Override
  @Nullable Object @Nullable [] read() {
    if (casesRead == dictionary.cases() || !readElements()) {
      if (casesRead < dictionary.cases()) {
        throw BadFile.of(
            fileName(), "ends after %d of its %d cases.".formatted(casesRead, dictionary.cases()));
      }
      return null;
    }
    casesRead++;
    @Nullable Object[] row = new @Nullable Object[dictionary.variables().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = value(dictionary.variables().get(i));
    }
    return row;
  }

  private @Nullable Object value(SpssDictionary.Variable variable) {
    if (variable.width() > 0) {
      return text(variable);
    }
    long bits = elements[variable.element()];
    double value = Double.longBitsToDouble(bits);
    boolean blank = bits == SYSTEM_MISSING || Double.isNaN(value) || variable.isMissing(value);
    return blank ? null : (Object) value;
  }

  private String text(SpssDictionary.Variable variable) {
    byte[] text = new byte[variable.width()];
    for (int i = 0; i < text.length; i++) {
      int element = variable.element() + i / ELEMENT_BYTES;
      long bits = element < elements.length ? elements[element] : SPACES;
      text[i] =
          (byte) (bits >>> (8 * (bytes.order() == ByteOrder.LITTLE_ENDIAN ? i % 8 : 7 - i % 8)));
    }
    return SourceText.decode(text);
  }

  /** Reads one case; false at the end of the data. */
  private boolean readElements() {
    for (int i = 0; i < elements.length; i++) {
      if (dictionary.compressed()) {
        if (!unpack(i)) {
          return endAt(i);
        }
      } else {
        if (at >= bytes.size()) {
          return endAt(i);
        }
        elements[i] = bytes.int64(at);
        at += ELEMENT_BYTES;
      }
    }
    return true;
  }

  private boolean endAt(int element) {
    if (element > 0) {
      throw BadFile.at(fileName(), casesRead + 1, "the file ends within a case; it is truncated.");
    }
    return false;
  }

  /**
   * Bytecode: 1–251 a small number, 253 eight bytes that follow, 254 spaces, 255 missing, 0
   * nothing.
   */
  private boolean unpack(int element) {
    while (true) {
      if (code == ELEMENT_BYTES) {
        if (at >= bytes.size()) {
          return false;
        }
        codesAt = at;
        at += ELEMENT_BYTES;
        code = 0;
      }
      int each = bytes.unsignedByte(codesAt + code++);
      switch (each) {
        case 0 -> {
          continue;
        }
        case CODE_END -> {
          return false;
        }
        case CODE_RAW -> {
          elements[element] = bytes.int64(at);
          at += ELEMENT_BYTES;
        }
        case CODE_SPACES -> elements[element] = SPACES;
        case CODE_MISSING -> elements[element] = SYSTEM_MISSING;
        default -> elements[element] = Double.doubleToLongBits(each - dictionary.bias());
      }
      return true;
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
