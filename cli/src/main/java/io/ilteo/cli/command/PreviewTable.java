package io.ilteo.cli.command;

import io.ilteo.proto.panel.v1.Column;
import io.ilteo.proto.panel.v1.ColumnPreview;
import io.ilteo.proto.panel.v1.ColumnType;
import io.ilteo.proto.panel.v1.PreviewPanelResponse;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a file holds and what it would become, column by column, for people. */
final class PreviewTable {
  private static final List<String> HEADS =
      List.of("SOURCE", "COLUMN", "ROLE", "TYPE", "MISSING", "DIFFERENT", "RANGE", "FIRST VALUES");
  private static final int SAMPLES = 4;

  private PreviewTable() {}

  static void print(PreviewPanelResponse preview, PrintWriter out) {
    out.println(
        Stream.of(
                preview.getFormat(),
                preview.getCharset(),
                "%,d rows read".formatted(preview.getRowsRead()),
                preview.getProposedMapping().isEmpty()
                    ? "no shipped mapping fits"
                    : "mapping: " + preview.getProposedMapping())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", ")));
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADS);
    preview.getColumnsList().forEach(column -> rows.add(row(column)));
    int[] widths = new int[HEADS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static List<String> row(ColumnPreview preview) {
    Column column = preview.getColumn();
    boolean numbers = preview.getMin() <= preview.getMax();
    return List.of(
        column.getSource(),
        column.getName(),
        word(column.getRole().name(), "COLUMN_ROLE_"),
        column.getType() == ColumnType.COLUMN_TYPE_UNSPECIFIED
            ? ""
            : word(column.getType().name(), "COLUMN_TYPE_"),
        missing(column),
        Long.toString(preview.getDistinctCount()),
        numbers ? plain(preview.getMin()) + " to " + plain(preview.getMax()) : "",
        preview.getSampleValuesList().stream().limit(SAMPLES).collect(Collectors.joining(", ")));
  }

  /** E.g. {@code 12 blank, −1: 30, 9: 4}. */
  private static String missing(Column column) {
    List<String> parts = new ArrayList<>();
    if (column.getMissingCount() > 0) {
      parts.add("%,d blank".formatted(column.getMissingCount()));
    }
    column
        .getMissingCodesList()
        .forEach(code -> parts.add("%s: %,d".formatted(plain(code.getCode()), code.getCount())));
    return String.join(", ", parts);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6g", value);
  }

  private static String word(String name, String prefix) {
    return name.substring(prefix.length()).toLowerCase(Locale.ROOT);
  }
}
