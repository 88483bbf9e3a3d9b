package io.ilteo.modelkit.panel.source;

import io.ilteo.modelkit.panel.source.StataLayout.Storage;
import io.ilteo.modelkit.panel.source.StataLayout.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the descriptions at the head of a Stata file, by the published specification ("File formats
 * .dta", releases 113–115: fixed fields; 117–119: tagged sections with a map of their offsets).
 */
final class StataLayouts {
  private static final int MAX_VARIABLES = 120_000;

  /** Widths, in bytes, of the fixed-size texts of a release. */
  private record Widths(int name, int format, int variableLabel) {
    static Widths of(int release) {
      return switch (release) {
        case 113 -> new Widths(33, 12, 81);
        case 114, 115, 117 -> new Widths(33, 49, 81);
        default -> new Widths(129, 57, 321);
      };
    }
  }

  private final String fileName;
  private final BinaryFile bytes;
  private final int release;
  private final boolean head;
  private final Widths widths;

  private StataLayouts(String fileName, BinaryFile bytes, int release, boolean head) {
    this.fileName = fileName;
    this.bytes = bytes;
    this.release = release;
    this.head = head;
    this.widths = Widths.of(release);
  }

  /** Width of the names of value labels. */
  static int nameWidth(int release) {
    return Widths.of(release).name;
  }

  static StataLayout read(String fileName, BinaryFile bytes, int release, boolean head) {
    StataLayouts layouts = new StataLayouts(fileName, bytes, release, head);
    return release >= 117 ? layouts.tagged() : layouts.fixed();
  }

  /** Releases 113–115. */
  private StataLayout fixed() {
    int count = bytes.int16(4) & 0xFFFF;
    long rows = bytes.int32(6) & 0xFFFF_FFFFL;
    requireCount(count);
    long types = 10 + 81 + 18;
    long names = types + count;
    long sort = names + 33L * count;
    long formats = sort + 2L * (count + 1);
    long labelNames = formats + (long) widths.format * count;
    long labels = labelNames + 33L * count;
    long data = afterExpansionFields(labels + 81L * count);
    List<Variable> variables = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < count; i++) {
      int code = bytes.unsignedByte(types + i);
      Variable variable = variable(i, at, fixedStorage(code), code, names, labelNames, labels);
      variables.add(variable);
      at += variable.width();
    }
    return checked(rows, at, data, data + rows * at, variables);
  }

  private long afterExpansionFields(long from) {
    long at = from;
    while (true) {
      int type = bytes.unsignedByte(at);
      long length = bytes.int32(at + 1);
      at += 5;
      if (type == 0 && length == 0) {
        return at;
      }
      bytes.require(at, length);
      at += length;
    }
  }

  private Storage fixedStorage(int code) {
    return switch (code) {
      case 251 -> Storage.BYTE;
      case 252 -> Storage.INT;
      case 253 -> Storage.LONG;
      case 254 -> Storage.FLOAT;
      case 255 -> Storage.DOUBLE;
      default -> {
        if (code < 1 || code > 244) {
          throw BadFile.of(fileName, "has a variable of unknown type " + code + ".");
        }
        yield Storage.TEXT;
      }
    };
  }

  /** Releases 117–119. */
  private StataLayout tagged() {
    long at = bytes.after(0, "<stata_dta><header><release>") + 3;
    at = bytes.after(at, "</release><byteorder>") + 3;
    at = bytes.after(at, "</byteorder><K>");
    long count = release == 119 ? bytes.int32(at) & 0xFFFF_FFFFL : bytes.int16(at) & 0xFFFF;
    at = bytes.after(at + (release == 119 ? 4 : 2), "</K><N>");
    long rows = release == 117 ? bytes.int32(at) & 0xFFFF_FFFFL : bytes.int64(at);
    at = bytes.after(at + (release == 117 ? 4 : 8), "</N><label>");
    int labelLength = release == 117 ? bytes.unsignedByte(at) : bytes.int16(at) & 0xFFFF;
    at = bytes.after(at + (release == 117 ? 1 : 2) + labelLength, "</label><timestamp>");
    at = bytes.after(at + 1 + bytes.unsignedByte(at), "</timestamp></header>");
    requireCount(count);
    long map = bytes.after(at, "<map>");
    long types = bytes.after(bytes.int64(map + 16), "<variable_types>");
    long names = bytes.after(bytes.int64(map + 24), "<varnames>");
    long labelNames = bytes.after(bytes.int64(map + 48), "<value_label_names>");
    long labels = bytes.after(bytes.int64(map + 56), "<variable_labels>");
    long data = bytes.after(bytes.int64(map + 72), "<data>");
    long valueLabels = bytes.int64(map + 88);
    List<Variable> variables = new ArrayList<>();
    int offset = 0;
    for (int i = 0; i < count; i++) {
      int code = bytes.int16(types + 2L * i) & 0xFFFF;
      Variable variable = variable(i, offset, taggedStorage(code), code, names, labelNames, labels);
      variables.add(variable);
      offset += variable.width();
    }
    return checked(rows, offset, data, valueLabels, variables);
  }

  private Storage taggedStorage(int code) {
    return switch (code) {
      case 65530 -> Storage.BYTE;
      case 65529 -> Storage.INT;
      case 65528 -> Storage.LONG;
      case 65527 -> Storage.FLOAT;
      case 65526 -> Storage.DOUBLE;
      case 32768 -> Storage.LONG_TEXT;
      default -> {
        if (code < 1 || code > 2045) {
          throw BadFile.of(fileName, "has a variable of unknown type " + code + ".");
        }
        yield Storage.TEXT;
      }
    };
  }

  private Variable variable(
      int i, int at, Storage storage, int code, long names, long labelNames, long labels) {
    return new Variable(
        bytes.text(names + (long) widths.name * i, widths.name),
        storage,
        at,
        storage == Storage.TEXT ? code : storage.bytes(),
        bytes.text(labelNames + (long) widths.name * i, widths.name),
        bytes.text(labels + (long) widths.variableLabel * i, widths.variableLabel));
  }

  private void requireCount(long count) {
    if (count < 1 || count > MAX_VARIABLES) {
      throw BadFile.of(
          fileName, "claims %d variables; expected 1 to %d.".formatted(count, MAX_VARIABLES));
    }
  }

  private StataLayout checked(
      long rows, int rowBytes, long data, long labels, List<Variable> variables) {
    if (rows < 0 || (!head && rows > bytes.size())) {
      throw BadFile.of(fileName, "claims %d observations, more than it has bytes.".formatted(rows));
    }
    long there = head ? Math.min(rows, (bytes.size() - data) / rowBytes) : rows;
    bytes.require(data, there * rowBytes);
    return new StataLayout(release, there, rowBytes, data, labels, variables);
  }
}
