package io.ilteo.modelkit.panel.source;

import io.ilteo.modelkit.panel.source.StataLayout.Variable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A Stata file, releases 113–115 and 117–119 (Stata 8 to 18), mapped into memory. */
final class StataTable implements SourceTable {
  private static final String TAGGED = "<stata_dta><header><release>";

  // Above these, a value is one of the 27 missing codes (. .a … .z).
  private static final int MAX_BYTE = 100;
  private static final int MAX_INT = 32_740;
  private static final int MAX_LONG = 2_147_483_620;
  private static final double MAX_FLOAT = Float.intBitsToFloat(0x7efffffe);
  private static final double MAX_DOUBLE = Double.longBitsToDouble(0x7fdfffffffffffffL);

  private final String fileName;
  private final Arena arena;
  private final BinaryFile bytes;
  private final StataLayout layout;
  private final List<SourceColumn> columns;
  private long row = -1;

  private StataTable(
      String fileName, Arena arena, BinaryFile bytes, StataLayout layout, boolean head) {
    this.fileName = fileName;
    this.arena = arena;
    this.bytes = bytes;
    this.layout = layout;
    ColumnNames.distinct(fileName, layout.variables().stream().map(Variable::name).toList());
    Map<String, Map<Double, String>> labels = head ? Map.of() : StataLabels.read(bytes, layout);
    this.columns =
        layout.variables().stream()
            .map(
                v ->
                    new SourceColumn(
                        v.name(), v.label(), labels.getOrDefault(v.labelName(), Map.of())))
            .toList();
  }

  /** Whether a file starts as a Stata file of a supported or unsupported release. */
  static boolean claims(byte[] head) {
    String start = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1);
    boolean old =
        head.length > 3
            && isFixedRelease(head[0] & 0xFF)
            && head[1] >= 1
            && head[1] <= 2
            && head[2] == 1;
    return old || start.startsWith("<stata_dta>");
  }

  private static boolean isFixedRelease(int release) {
    return release >= 102 && release <= 116;
  }

  /**
   * Opens a file.
   *
   * @param head whether only its head is there: observations end where the bytes do
   */
  static StataTable open(Path path, String fileName, boolean head) throws IOException {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      BinaryFile start = new BinaryFile(fileName, mapped, ByteOrder.LITTLE_ENDIAN);
      int release = release(fileName, start);
      BinaryFile bytes = new BinaryFile(fileName, mapped, order(fileName, start, release));
      return new StataTable(
          fileName, arena, bytes, StataLayouts.read(fileName, bytes, release, head), head);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static int release(String fileName, BinaryFile head) {
    int release = head.unsignedByte(0);
    if (head.hasTag(0, TAGGED)) {
      String digits = head.text(TAGGED.length(), 3);
      release = digits.matches("\\d{3}") ? Integer.parseInt(digits) : 0;
    }
    if (release < 113 || release > 119 || release == 116) {
      throw BadFile.of(
          fileName,
          "is a Stata file of format %d; 113 to 115 and 117 to 119 (Stata 8 to 18) are accepted."
              .formatted(release));
    }
    return release;
  }

  private static ByteOrder order(String fileName, BinaryFile head, int release) {
    if (release < 117) {
      return head.unsignedByte(1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }
    String order = head.text(TAGGED.length() + 3 + "</release><byteorder>".length(), 3);
    return switch (order) {
      case "MSF" -> ByteOrder.BIG_ENDIAN;
      case "LSF" -> ByteOrder.LITTLE_ENDIAN;
      default -> throw BadFile.of(fileName, "has byte order '" + order + "'; expected MSF or LSF.");
    };
  }

  @Override
  public String fileName() {
    return fileName;
  }

  @Override
  public String format() {
    return "Stata (format " + layout.release() + ")";
  }

  @Override
  public List<SourceColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    if (row + 1 >= layout.rows()) {
      return false;
    }
    row++;
    return true;
  }

  @Override
  public long rowNumber() {
    return row + 1;
  }

  @Override
  public double number(int column) {
    Variable variable = layout.variables().get(column);
    long at = layout.dataAt() + row * layout.rowBytes() + variable.at();
    return switch (variable.storage()) {
      case BYTE -> orMissing(bytes.signedByte(at), MAX_BYTE);
      case INT -> orMissing(bytes.int16(at), MAX_INT);
      case LONG -> orMissing(bytes.int32(at), MAX_LONG);
      case FLOAT -> orMissing(Float.intBitsToFloat(bytes.int32(at)), MAX_FLOAT);
      case DOUBLE -> orMissing(Double.longBitsToDouble(bytes.int64(at)), MAX_DOUBLE);
      case TEXT -> Numbers.parse(bytes.text(at, variable.width()));
      case LONG_TEXT -> Double.NaN;
    };
  }

  private static double orMissing(double value, double max) {
    return value <= max && value >= -Double.MAX_VALUE ? value : Double.NaN;
  }

  @Override
  public String text(int column) {
    Variable variable = layout.variables().get(column);
    if (variable.storage() == StataLayout.Storage.TEXT) {
      String text = bytes.text(at(variable), variable.width());
      double number = Numbers.parse(text);
      return Double.isNaN(number) ? text : Numbers.format(number);
    }
    return Numbers.format(number(column));
  }

  private long at(Variable variable) {
    return layout.dataAt() + row * layout.rowBytes() + variable.at();
  }

  @Override
  public boolean isText(int column) {
    Variable variable = layout.variables().get(column);
    return switch (variable.storage()) {
      case TEXT -> {
        String text = bytes.text(at(variable), variable.width());
        yield !text.isEmpty() && !text.equals(".") && !Numbers.isNumber(text);
      }
      case LONG_TEXT -> true;
      default -> false;
    };
  }

  @Override
  public void close() {
    arena.close();
  }
}
