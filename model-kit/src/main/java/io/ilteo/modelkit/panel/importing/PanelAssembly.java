package io.ilteo.modelkit.panel.importing;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.mapping.ColumnRole;
import io.ilteo.modelkit.panel.mapping.ColumnSpec;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.TimeSpec;
import io.ilteo.modelkit.panel.source.BadFile;
import io.ilteo.modelkit.panel.source.SourceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes rows of any number of tables under one mapping and makes a panel of them. */
final class PanelAssembly {
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2200;
  private static final int MAX_ID_CHARS = 64;
  private static final double MAX_TEXT_SHARE = 0.5;

  /** A column in the making. */
  private record Slot(
      ColumnReader reader,
      ColumnRole role,
      ColumnType type,
      String unit,
      String label,
      boolean required,
      FloatColumn values) {}

  private final Mapping mapping;
  private final List<Slot> slots = new ArrayList<>();
  private final RowOrder rows = new RowOrder();
  private final Exclusions exclusions = new Exclusions();
  private final RowPlaces places = new RowPlaces();
  private String lastFile = "";
  private long rowsRead;

  PanelAssembly(Mapping mapping) {
    this.mapping = mapping;
    if (mapping.wage() != null) {
      ColumnReader reader = ColumnReader.of(mapping.wage());
      String unit = mapping.wage().unit();
      slots.add(slot(reader, ColumnRole.WAGE, ColumnType.NUMERIC, unit, "", false));
    }
    if (mapping.satisfaction() != null) {
      ColumnReader reader = ColumnReader.of(mapping.satisfaction());
      slots.add(slot(reader, ColumnRole.SATISFACTION, ColumnType.ORDINAL, "", "", false));
    }
    for (ColumnSpec spec : mapping.columns()) {
      ColumnRole role = spec.role() == null ? ColumnRole.FEATURE : spec.role();
      slots.add(
          slot(
              ColumnReader.of(spec),
              role,
              spec.type(),
              orEmpty(spec.unit()),
              orEmpty(spec.label()),
              spec.required()));
    }
  }

  private static Slot slot(
      ColumnReader reader,
      ColumnRole role,
      ColumnType type,
      String unit,
      String label,
      boolean required) {
    return new Slot(reader, role, type, unit, label, required, new FloatColumn());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * Takes all rows of {@code table}.
   *
   * @param wave digits that {@code __} stands for, or empty for a long file
   * @param waveYear year of every row, or 0 to read it from the row
   */
  void add(SourceTable table, String wave, int waveYear) {
    lastFile = table.fileName();
    places.startFile(lastFile);
    SourceLookup lookup = new SourceLookup(table, wave);
    int person = require(lookup, table, mapping.person(), "person id");
    TimeSpec time = waveYear > 0 ? null : requireTime(lookup, table);
    int timeColumn = time == null ? -1 : lookup.indexOf(time.source());
    for (Slot slot : slots) {
      slot.reader.bind(lookup);
      requireGuard(slot.reader, table);
    }
    while (table.next()) {
      rowsRead++;
      String id = table.text(person);
      if (id.length() > MAX_ID_CHARS) {
        throw BadFile.at(
            table.fileName(),
            table.rowNumber(),
            "a person id of %d characters; at most %d are accepted."
                .formatted(id.length(), MAX_ID_CHARS));
      }
      int year = time == null ? waveYear : year(table.number(timeColumn), time);
      if (id.isEmpty()) {
        exclusions.add("no_person_id", table.fileName(), table.rowNumber());
      } else if (year == 0) {
        exclusions.add("no_year", table.fileName(), table.rowNumber());
      } else {
        addRow(table, id, year);
      }
    }
  }

  private void addRow(SourceTable table, String id, int year) {
    if (!rows.hasRoom()) {
      throw BadFile.at(
          table.fileName(), table.rowNumber(), "more rows or persons than a panel holds.");
    }
    rows.add(id, year);
    places.add(table.rowNumber());
    for (Slot slot : slots) {
      slot.values.add(slot.reader.read(table, year, exclusions));
    }
  }

  private static int year(double value, TimeSpec time) {
    double year = value + time.offset();
    return year == Math.rint(year) && year >= FIRST_YEAR && year <= LAST_YEAR ? (int) year : 0;
  }

  private int require(SourceLookup lookup, SourceTable table, List<String> names, String what) {
    int[] present = lookup.present(names);
    if (present.length == 0) {
      throw BadFile.of(
          table.fileName(),
          "has no column for the %s: mapping '%s' expects %s; the file has %s."
              .formatted(
                  what,
                  mapping.name(),
                  names.stream().map(lookup::resolve).toList(),
                  someColumns(table)));
    }
    return present[0];
  }

  private TimeSpec requireTime(SourceLookup lookup, SourceTable table) {
    for (TimeSpec time : mapping.time()) {
      if (lookup.indexOf(time.source()) != SourceLookup.ABSENT) {
        return time;
      }
    }
    throw BadFile.of(
        table.fileName(),
        "has no column for the year: mapping '%s' expects one of %s; the file has %s."
            .formatted(
                mapping.name(),
                mapping.time().stream().map(TimeSpec::source).toList(),
                someColumns(table)));
  }

  private static String someColumns(SourceTable table) {
    List<String> names = table.columns().stream().map(c -> c.name()).limit(12).toList();
    return names + (table.columns().size() > 12 ? " and more" : "");
  }

  private void requireGuard(ColumnReader reader, SourceTable table) {
    if (reader.bound() && !reader.guarded()) {
      throw BadFile.of(
          table.fileName(),
          "has amounts in %s but none of %s, which tell wages from self-employed income; add one, or use a mapping without `wage.only`."
              .formatted(reader.sourceText(), reader.guardColumns()));
    }
  }

  ImportedPanel finish() {
    requireColumns();
    RowOrder.Ordered ordered = rows.order();
    int[] keep = keep(ordered);
    int[] starts = starts(ordered, keep);
    int[] years = new int[keep.length];
    int[] source = new int[keep.length];
    for (int i = 0; i < keep.length; i++) {
      years[i] = ordered.year(keep[i]);
      source[i] = ordered.row(keep[i]);
    }
    requireTwoYears(years);
    List<PanelColumn> columns = new ArrayList<>();
    List<ColumnReport> reports = new ArrayList<>();
    for (Slot slot : slots) {
      if (slot.reader.everBound()) {
        PanelColumn column = column(slot, source);
        columns.add(column);
        reports.add(report(slot, column));
      }
    }
    requireTarget(columns);
    Panel panel = new Panel(mapping, ordered.persons(), starts, years, columns);
    return new ImportedPanel(panel, rowsRead, reports, exclusions.list());
  }

  private void requireColumns() {
    for (Slot slot : slots) {
      if (slot.required && !slot.reader.everBound()) {
        throw BadFile.of(
            lastFile,
            "has no column %s, which mapping '%s' requires for '%s'."
                .formatted(slot.reader.sourceText(), mapping.name(), slot.reader.name()));
      }
      long texts = slot.reader.textCount();
      if (texts > 0 && texts > MAX_TEXT_SHARE * (texts + slot.reader.presentCount())) {
        throw BadFile.of(
            lastFile,
            "column %s ('%s') holds text such as '%s' in %d of its cells; expected numbers or codes."
                .formatted(
                    slot.reader.sourceText(), slot.reader.name(), slot.reader.firstText(), texts));
      }
    }
    if (rows.size() == 0) {
      throw BadFile.of(
          lastFile, "has no row with a person and a year (%d rows read).".formatted(rowsRead));
    }
  }

  private int[] keep(RowOrder.Ordered ordered) {
    int[] keep = new int[ordered.size()];
    int kept = 0;
    for (int i = 0; i < ordered.size(); i++) {
      if (ordered.repeats(i)) {
        int row = ordered.row(i);
        exclusions.add("duplicate_person_year", places.file(row), places.rowNumber(row));
      } else {
        keep[kept++] = i;
      }
    }
    return Arrays.copyOf(keep, kept);
  }

  private static int[] starts(RowOrder.Ordered ordered, int[] keep) {
    int[] starts = new int[ordered.persons().size() + 1];
    for (int each : keep) {
      starts[ordered.person(each) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    return starts;
  }

  private void requireTwoYears(int[] years) {
    for (int year : years) {
      if (year != years[0]) {
        return;
      }
    }
    throw BadFile.of(
        lastFile, "holds the year %d only; a panel needs at least two.".formatted(years[0]));
  }

  private static PanelColumn column(Slot slot, int[] source) {
    ColumnReader reader = slot.reader;
    return new PanelColumn(
        reader.name(), reader.sourceText(), slot.role, slot.type, slot.values.take(source));
  }

  private static ColumnReport report(Slot slot, PanelColumn column) {
    long missing = 0;
    for (int row = 0; row < column.size(); row++) {
      missing += Float.isNaN(column.value(row)) ? 1 : 0;
    }
    return new ColumnReport(
        column.name(),
        column.source(),
        slot.role,
        slot.type,
        slot.unit,
        slot.label,
        slot.reader.missingCodes(),
        missing);
  }

  private void requireTarget(List<PanelColumn> columns) {
    for (PanelColumn column : columns) {
      boolean target = column.role() == ColumnRole.WAGE || column.role() == ColumnRole.SATISFACTION;
      for (int row = 0; target && row < column.size(); row++) {
        if (!Float.isNaN(column.value(row))) {
          return;
        }
      }
    }
    throw BadFile.of(
        lastFile,
        "has no wage and no satisfaction in any row under mapping '%s'; check the mapping's sources and missing codes."
            .formatted(mapping.name()));
  }
}
