package io.ilteo.modelkit.panel.source;

import java.io.Closeable;
import java.util.List;

/**
 * A survey file as a stream of rows, whatever its format.
 *
 * <p>A cursor: {@link #next} moves to the next row, the cell methods read it. Damaged files throw
 * {@code DomainException.InvalidArgument} that names file, row and, where there is one, column.
 */
public interface SourceTable extends Closeable {
  /** Base name of the file. */
  String fileName();

  /** Format and, for text, separator and charset; for people. */
  String format();

  /** Columns in file order; names are distinct. */
  List<SourceColumn> columns();

  /** Moves to the next row; false at the end. */
  boolean next();

  /**
   * Number of the current row as a user would count it: line of a text file, else observation from
   * 1.
   */
  long rowNumber();

  /** The cell as a number; NaN where it is blank, a system missing value, or text. */
  double number(int column);

  /**
   * The cell as text without surrounding space; empty where blank. Numbers without needless
   * decimals.
   */
  String text(int column);

  /** Whether the cell holds something that is not a number. */
  boolean isText(int column);
}
