package io.ilteo.modelkit.panel.importing;

import io.ilteo.modelkit.panel.mapping.ColumnSpec;
import io.ilteo.modelkit.panel.mapping.Condition;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.SatisfactionSpec;
import io.ilteo.modelkit.panel.mapping.WageSpec;
import io.ilteo.modelkit.panel.source.SourceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one panel column's value out of a source row, and counts what it met on the way.
 *
 * <p>{@link #bind} must be called for each file before its rows are read.
 */
final class ColumnReader {
  private static final double YEAR_MONTH_FROM = 100_000;

  @SuppressWarnings("ArrayRecordComponent")
  private record BoundCase(int when, Condition condition, int[] sum) {}

  private final String name;
  private final List<String> source;
  private final List<ColumnSpec.Case> cases;
  private final List<Condition> only;
  private final CellRules rules;
  private final double[] missing;
  private final Map<Double, Long> missingCodes = new TreeMap<>();

  private boolean everBound;
  private long presentCount;
  private long textCount;
  private String firstText = "";
  private int[] sources = {};
  private List<BoundCase> boundCases = List.of();
  private int[] onlyColumns = {};
  private List<Condition> onlyConditions = List.of();

  private ColumnReader(
      String name,
      List<String> source,
      List<ColumnSpec.Case> cases,
      List<Condition> only,
      CellRules rules) {
    this.name = name;
    this.source = source;
    this.cases = cases;
    this.only = only;
    this.rules = rules;
    this.missing = rules.missing().stream().mapToDouble(Double::doubleValue).toArray();
  }

  static ColumnReader of(ColumnSpec spec) {
    return new ColumnReader(
        spec.name(),
        spec.source(),
        spec.cases(),
        List.of(),
        new CellRules(
            spec.missing(),
            spec.range(),
            spec.recode(),
            List.of(),
            spec.floorDivide(),
            spec.yearsSince()));
  }

  static ColumnReader of(WageSpec spec) {
    return new ColumnReader(
        Mapping.WAGE,
        spec.source(),
        List.of(),
        spec.only(),
        new CellRules(spec.missing(), spec.range(), Map.of(), List.of(), 0, false));
  }

  static ColumnReader of(SatisfactionSpec spec) {
    return new ColumnReader(
        Mapping.SATISFACTION,
        spec.source(),
        List.of(),
        List.of(),
        new CellRules(spec.missing(), null, Map.of(), spec.scale(), 0, false));
  }

  String name() {
    return name;
  }

  /** Whether any file so far had a source for this column. */
  boolean everBound() {
    return everBound;
  }

  /** Values made so far. */
  long presentCount() {
    return presentCount;
  }

  /** Cells that held text where a number was expected. */
  long textCount() {
    return textCount;
  }

  /** The first such cell, for a message. */
  String firstText() {
    return firstText;
  }

  Map<Double, Long> missingCodes() {
    return missingCodes;
  }

  /** Source columns for people. */
  String sourceText() {
    if (cases.isEmpty()) {
      return String.join("|", source);
    }
    return String.join("|", cases.stream().map(c -> String.join("+", c.sum())).toList());
  }

  /** Names of source columns that tell a wage from other income; empty where any amount is one. */
  List<String> guardColumns() {
    return only.stream().map(Condition::column).toList();
  }

  /** Whether the current file has a guard column, or none is asked for. */
  boolean guarded() {
    return only.isEmpty() || onlyColumns.length > 0;
  }

  /** Whether the current file has this column. */
  boolean bound() {
    return sources.length > 0 || !boundCases.isEmpty();
  }

  void bind(SourceLookup lookup) {
    sources = lookup.present(source);
    boundCases = new ArrayList<>();
    for (ColumnSpec.Case each : cases) {
      int when = lookup.indexOf(each.when().column());
      int[] sum = lookup.present(each.sum());
      if (when != SourceLookup.ABSENT
          && lookup.indexOf(each.sum().getFirst()) != SourceLookup.ABSENT) {
        boundCases.add(new BoundCase(when, each.when(), sum));
      }
    }
    onlyConditions =
        only.stream().filter(c -> lookup.indexOf(c.column()) != SourceLookup.ABSENT).toList();
    onlyColumns = onlyConditions.stream().mapToInt(c -> lookup.indexOf(c.column())).toArray();
    everBound |= bound();
  }

  /** The value in the current row of {@code table}, NaN where missing. */
  float read(SourceTable table, int year, Exclusions exclusions) {
    double raw = raw(table, exclusions);
    if (Double.isNaN(raw)) {
      return Float.NaN;
    }
    if (onlyColumns.length > 0 && !passesGuard(table, exclusions)) {
      return Float.NaN;
    }
    double value = shape(raw, year, table, exclusions);
    if (Double.isNaN(value)) {
      return Float.NaN;
    }
    presentCount++;
    // Adding zero turns −0 into +0: the two would differ in the digest.
    return (float) value + 0f;
  }

  private double raw(SourceTable table, Exclusions exclusions) {
    for (BoundCase each : boundCases) {
      if (each.condition().accepts(cell(table, each.when(), exclusions))) {
        return sum(table, each.sum(), exclusions);
      }
    }
    for (int column : sources) {
      double value = cell(table, column, exclusions);
      if (!Double.isNaN(value)) {
        return value;
      }
    }
    return Double.NaN;
  }

  private double sum(SourceTable table, int[] columns, Exclusions exclusions) {
    double total = cell(table, columns[0], exclusions);
    for (int i = 1; i < columns.length; i++) {
      double part = cell(table, columns[i], exclusions);
      total += Double.isNaN(part) ? 0 : part;
    }
    return total;
  }

  private double cell(SourceTable table, int column, Exclusions exclusions) {
    double value = table.number(column);
    if (Double.isNaN(value)) {
      if (table.isText(column)) {
        if (textCount++ == 0) {
          firstText = table.text(column);
        }
        exclude("not_a_number", table, exclusions);
      }
      return Double.NaN;
    }
    for (double code : missing) {
      if (code == value) {
        missingCodes.merge(code, 1L, Long::sum);
        return Double.NaN;
      }
    }
    return value;
  }

  /** Nothing known may contradict that the amount is a wage, and something must confirm it. */
  private boolean passesGuard(SourceTable table, Exclusions exclusions) {
    boolean confirmed = false;
    for (int i = 0; i < onlyColumns.length; i++) {
      double value = table.number(onlyColumns[i]);
      if (Double.isNaN(value) || value < 0) {
        continue;
      }
      if (!onlyConditions.get(i).accepts(value)) {
        exclude("not_a_wage_worker", table, exclusions);
        return false;
      }
      confirmed = true;
    }
    if (!confirmed) {
      exclude("worker_type_unknown", table, exclusions);
    }
    return confirmed;
  }

  private double shape(double raw, int year, SourceTable table, Exclusions exclusions) {
    double value = raw;
    if (rules.yearsSince()) {
      value = year - (value >= YEAR_MONTH_FROM ? Math.floor(value / 100) : value);
    }
    if (rules.range() != null && !rules.range().contains(value)) {
      exclude("out_of_range", table, exclusions);
      return Double.NaN;
    }
    if (!rules.known().isEmpty() && !rules.known().contains(value + 0.0)) {
      exclude("unknown_code", table, exclusions);
      return Double.NaN;
    }
    if (!rules.recode().isEmpty()) {
      Double recoded = rules.recode().get(value + 0.0);
      if (recoded == null) {
        exclude("unknown_code", table, exclusions);
        return Double.NaN;
      }
      value = recoded;
    }
    return rules.floorDivide() > 0 ? Math.floor(value / rules.floorDivide()) : value;
  }

  private void exclude(String reason, SourceTable table, Exclusions exclusions) {
    exclusions.add(name + "." + reason, table.fileName(), table.rowNumber());
  }

  @Override
  public String toString() {
    return name + " " + Arrays.toString(sources);
  }
}
