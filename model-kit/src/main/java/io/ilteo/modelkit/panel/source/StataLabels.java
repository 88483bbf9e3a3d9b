package io.ilteo.modelkit.panel.source;

import java.util.HashMap;
import java.util.Map;

/** Reads the value labels at the end of a Stata file. */
final class StataLabels {
  private StataLabels() {}

  /** Name of the labels to code to label. */
  static Map<String, Map<Double, String>> read(BinaryFile bytes, StataLayout layout) {
    Map<String, Map<Double, String>> all = new HashMap<>();
    boolean tagged = layout.release() >= 117;
    long at = tagged ? bytes.after(layout.labelsAt(), "<value_labels>") : layout.labelsAt();
    while (tagged ? bytes.hasTag(at, "<lbl>") : at < bytes.size()) {
      long entry = tagged ? at + "<lbl>".length() : at;
      int nameWidth = StataLayouts.nameWidth(layout.release());
      long length = bytes.int32(entry) & 0xFFFF_FFFFL;
      long table = entry + 4 + nameWidth + 3;
      bytes.require(table, length);
      all.put(bytes.text(entry + 4, nameWidth), table(bytes, table, length));
      at = tagged ? bytes.after(table + length, "</lbl>") : table + length;
    }
    return all;
  }

  private static Map<Double, String> table(BinaryFile bytes, long at, long length) {
    long count = bytes.int32(at) & 0xFFFF_FFFFL;
    long offsets = at + 8;
    bytes.require(offsets, Math.max(count * 8, 0));
    long values = offsets + 4 * count;
    long texts = values + 4 * count;
    Map<Double, String> labels = new HashMap<>();
    for (long i = 0; i < count; i++) {
      long from = texts + (bytes.int32(offsets + 4 * i) & 0xFFFF_FFFFL);
      long left = Math.max(0, Math.min(at + length - from, 32_000));
      labels.put((double) bytes.int32(values + 4 * i), bytes.text(from, (int) left));
    }
    return labels;
  }
}
