package io.ilteo.tuner.report.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Data onto a stretch of the sheet, with round figures to mark it by.
 *
 * @param step distance of two marks: 1, 2 or 5 times a power of ten
 */
record Scale(double min, double max, double step, double from, double to) {
  private static final int MARKS = 5;

  /** A scale whose ends are round and hold all values; a lone value gets room around it. */
  static Scale round(double low, double high, double from, double to) {
    double min = low;
    double max = high;
    if (max <= min) {
      double room = Math.max(Math.abs(min) * 0.05, 1e-3);
      min -= room;
      max += room;
    }
    double step = step((max - min) / MARKS);
    return new Scale(
        Math.floor(min / step + 1e-9) * step, Math.ceil(max / step - 1e-9) * step, step, from, to);
  }

  private static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double lead = rough / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  }

  double place(double value) {
    return from + (value - min) / (max - min) * (to - from);
  }

  /** The round figures between the ends. */
  List<Double> marks() {
    List<Double> marks = new ArrayList<>();
    long count = Math.round((max - min) / step);
    for (long i = 0; i <= count; i++) {
      marks.add(min + i * step);
    }
    return marks;
  }

  /** A mark without the noise of binary fractions. */
  String write(double mark) {
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    String text = String.format(java.util.Locale.ROOT, "%." + Math.min(digits, 12) + "f", mark);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }
}
