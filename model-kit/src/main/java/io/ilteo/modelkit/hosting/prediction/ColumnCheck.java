package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.panel.mapping.ColumnSpec;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which values a column of a history accepts; NaN, missing, always.
 *
 * @param range accepted values, or null for all finite ones
 * @param codes accepted values, or empty for all in the range
 * @param whole whether values are codes, which are whole numbers
 */
record ColumnCheck(String column, @Nullable Range range, List<Double> codes, boolean whole) {
  static ColumnCheck of(String column, FittedInputs inputs) {
    Mapping mapping = inputs.mapping();
    if (column.equals(Mapping.WAGE)) {
      return new ColumnCheck(column, mapping.requireWage().range(), List.of(), false);
    }
    if (column.equals(Mapping.SATISFACTION)) {
      return new ColumnCheck(column, null, mapping.requireSatisfaction().scale(), false);
    }
    return mapping.columns().stream()
        .filter(spec -> spec.name().equals(column))
        .findFirst()
        .map(ColumnCheck::of)
        .orElseGet(() -> new ColumnCheck(column, null, List.of(), false));
  }

  private static ColumnCheck of(ColumnSpec spec) {
    // A range is of the source's values: after recoding it says nothing.
    boolean asInSource = spec.recode().isEmpty() && spec.floorDivide() == 0;
    return new ColumnCheck(
        spec.name(),
        asInSource ? spec.range() : null,
        List.of(),
        spec.type() == ColumnType.CATEGORICAL);
  }

  boolean accepts(double value) {
    if (Double.isNaN(value)) {
      return true;
    }
    if (range != null) {
      return range.contains(value) && (!whole || value == Math.rint(value));
    }
    if (!codes.isEmpty()) {
      return codes.contains(value);
    }
    return whole ? value == Math.rint(value) && Math.abs(value) < 1e7 : Math.abs(value) < 1e30;
  }

  /** What would be accepted, for people. */
  String accepted() {
    if (range != null) {
      return (whole ? "whole numbers from " : "")
          + plain(range.low())
          + " to "
          + plain(range.high())
          + ", or NaN where missing";
    }
    if (!codes.isEmpty()) {
      return "one of " + codes.stream().map(ColumnCheck::plain).toList() + ", or NaN where missing";
    }
    return whole ? "a code (whole number), or NaN where missing" : "finite, or NaN where missing";
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
