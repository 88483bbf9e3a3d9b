package io.ilteo.modelkit.panel.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tables have in common whose library hands out a row as an array of objects. */
abstract class ObjectRowTable implements SourceTable {
  private final String fileName;
  private List<SourceColumn> columns = List.of();
  private @Nullable Object[] row = {};
  private long rowNumber;

  ObjectRowTable(String fileName) {
    this.fileName = fileName;
  }

  final void columns(List<SourceColumn> columns) {
    ColumnNames.distinct(fileName, columns.stream().map(SourceColumn::name).toList());
    this.columns = List.copyOf(columns);
  }

  /**
   * The next row, one object a column: a {@link Number}, a text, or null where blank; null at the
   * end.
   */
  abstract @Nullable Object @Nullable [] read() throws Exception;

  @Override
  public final String fileName() {
    return fileName;
  }

  @Override
  public final List<SourceColumn> columns() {
    return columns;
  }

  @Override
  public final boolean next() {
    try {
      @Nullable Object[] next = read();
      if (next == null) {
        return false;
      }
      row = next;
      rowNumber++;
      return true;
    } catch (io.ilteo.servicekit.error.DomainException known) {
      throw known;
    } catch (Exception damaged) {
      throw BadFile.at(
          fileName, rowNumber + 1, "cannot be read; the file is truncated or damaged.");
    }
  }

  @Override
  public long rowNumber() {
    return rowNumber;
  }

  @Override
  public final double number(int column) {
    return switch (cell(column)) {
      case Number number ->
          Double.isInfinite(number.doubleValue()) ? Double.NaN : number.doubleValue();
      case String text -> Numbers.parse(text.strip());
      case null, default -> Double.NaN;
    };
  }

  @Override
  public final String text(int column) {
    return switch (cell(column)) {
      case Number number -> Numbers.format(number.doubleValue());
      case null -> "";
      case Object other -> {
        String text = other.toString().strip();
        double number = Numbers.parse(text);
        yield Double.isNaN(number) ? text : Numbers.format(number);
      }
    };
  }

  @Override
  public final boolean isText(int column) {
    return switch (cell(column)) {
      case Number number -> false;
      case null -> false;
      case Object other -> {
        String text = other.toString().strip();
        yield !text.isEmpty() && !text.equals(".") && !Numbers.isNumber(text);
      }
    };
  }

  private @Nullable Object cell(int column) {
    return column < row.length ? row[column] : null;
  }
}
