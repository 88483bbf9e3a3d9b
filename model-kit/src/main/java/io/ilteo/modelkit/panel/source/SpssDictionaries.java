package io.ilteo.modelkit.panel.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dictionary of an SPSS system file, by the PSPP project's description ("System File
 * Format"): record types 2 variable, 3 and 4 value labels, 6 document, 7 extension, 999 end.
 *
 * <p>Own code because the library tried (spss-reader 1.3) returns wrong cases for the compressed
 * files that haven writes, does not know the encoding record, and allocates what a damaged file
 * claims.
 */
final class SpssDictionaries {
  private static final int HEADER_BYTES = 176;
  private static final int MAX_ELEMENTS = 200_000;
  private static final int LONG_NAMES = 13;
  private static final int ENCODING = 20;

  /** A variable while its dictionary is being read; texts still undecoded. */
  private static final class Draft {
    byte[] name = {};
    byte[] label = {};
    int element;
    int width;
    final Map<Double, byte[]> labels = new HashMap<>();
    final List<Double> missing = new ArrayList<>();
    double missingLow = Double.NaN;
    double missingHigh = Double.NaN;
  }

  private final String fileName;
  private final BinaryFile bytes;
  private final List<@Nullable Draft> byElement = new ArrayList<>();
  private final Map<Double, byte[]> pendingLabels = new HashMap<>();
  private String longNames = "";
  private byte[] longNameBytes = {};
  private @Nullable Charset charset;
  private long at = HEADER_BYTES;

  private SpssDictionaries(String fileName, BinaryFile bytes) {
    this.fileName = fileName;
    this.bytes = bytes;
  }

  static SpssDictionary read(String fileName, BinaryFile bytes) {
    return new SpssDictionaries(fileName, bytes).read();
  }

  private SpssDictionary read() {
    int compression = bytes.int32(72);
    if (compression < 0 || compression > 1) {
      throw BadFile.of(
          fileName, "is compressed in a way that is not read (.zsav); save it as .sav.");
    }
    boolean end = false;
    while (!end) {
      int type = int32();
      switch (type) {
        case 2 -> variable();
        case 3 -> valueLabels();
        case 4 -> labelledVariables();
        case 6 -> skip(80L * count());
        case 7 -> extension();
        case 999 -> {
          skip(4);
          end = true;
        }
        default -> throw damaged();
      }
    }
    if (byElement.isEmpty() || byElement.size() > MAX_ELEMENTS) {
      throw damaged();
    }
    return new SpssDictionary(
        bytes.int32(80), compression == 1, bytes.float64(84), at, byElement.size(), variables());
  }

  private void variable() {
    Draft draft = new Draft();
    draft.element = byElement.size();
    int width = int32();
    int labelled = int32();
    int missing = int32();
    skip(8);
    draft.name = take(8);
    if (width < -1 || width > 255 || labelled < 0 || labelled > 1 || missing < -3 || missing > 3) {
      throw damaged();
    }
    if (labelled == 1) {
      long length = count();
      draft.label = take(length);
      skip((4 - length % 4) % 4);
    }
    readMissing(draft, missing);
    draft.width = Math.max(0, width);
    byElement.add(width < 0 ? null : draft);
  }

  /** Negative: a range, and for −3 a single value as well; positive: so many single values. */
  private void readMissing(Draft draft, int missing) {
    if (missing < 0) {
      draft.missingLow = float64();
      draft.missingHigh = float64();
    }
    int singles = missing < 0 ? -missing - 2 : missing;
    for (int i = 0; i < singles; i++) {
      draft.missing.add(float64());
    }
  }

  private void valueLabels() {
    pendingLabels.clear();
    long count = count();
    for (long i = 0; i < count; i++) {
      double value = float64();
      int length = take(1)[0] & 0xFF;
      pendingLabels.put(value, take(length));
      skip((8 - (length + 1) % 8) % 8);
    }
  }

  private void labelledVariables() {
    long count = count();
    for (long i = 0; i < count; i++) {
      int element = int32() - 1;
      Draft draft = element >= 0 && element < byElement.size() ? byElement.get(element) : null;
      if (draft != null) {
        draft.labels.putAll(pendingLabels);
      }
    }
  }

  private void extension() {
    int subtype = int32();
    long size = count();
    long total = Math.multiplyExact(size, count());
    if (subtype == LONG_NAMES) {
      longNameBytes = take(total);
    } else if (subtype == ENCODING) {
      charset = charset(new String(take(total), StandardCharsets.US_ASCII).strip());
    } else {
      skip(total);
    }
  }

  private static @Nullable Charset charset(String name) {
    try {
      boolean korean =
          name.toUpperCase(Locale.ROOT).matches("(CP|MS|WINDOWS-?)?949|EUC-KR|KS_C_5601.*");
      return korean ? TextEncoding.CP949 : Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }

  private List<SpssDictionary.Variable> variables() {
    longNames = decode(longNameBytes);
    Map<String, String> longByShort = new HashMap<>();
    for (String pair : longNames.split("\t", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        longByShort.put(
            pair.substring(0, equals).toUpperCase(Locale.ROOT), pair.substring(equals + 1));
      }
    }
    List<SpssDictionary.Variable> variables = new ArrayList<>();
    for (Draft draft : byElement) {
      if (draft != null) {
        String shortName = decode(draft.name);
        Map<Double, String> labels = new HashMap<>();
        if (draft.width == 0) {
          draft.labels.forEach((value, text) -> labels.put(value, decode(text)));
        }
        variables.add(
            new SpssDictionary.Variable(
                longByShort.getOrDefault(shortName.toUpperCase(Locale.ROOT), shortName),
                decode(draft.label),
                draft.element,
                draft.width,
                labels,
                draft.missing,
                draft.missingLow,
                draft.missingHigh));
      }
    }
    return variables;
  }

  private String decode(byte[] text) {
    return charset == null ? SourceText.decode(text) : new String(text, charset).strip();
  }

  private int int32() {
    int value = bytes.int32(at);
    at += 4;
    return value;
  }

  private double float64() {
    double value = bytes.float64(at);
    at += 8;
    return value;
  }

  private long count() {
    int count = int32();
    if (count < 0) {
      throw damaged();
    }
    return count;
  }

  private byte[] take(long length) {
    byte[] taken = bytes.bytes(at, length);
    at += length;
    return taken;
  }

  private void skip(long length) {
    bytes.require(at, length);
    at += length;
  }

  private io.ilteo.servicekit.error.DomainException.InvalidArgument damaged() {
    return BadFile.of(
        fileName,
        "has a dictionary that makes no sense before byte %d; the file is damaged.".formatted(at));
  }
}
