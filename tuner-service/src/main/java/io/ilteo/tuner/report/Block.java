package io.ilteo.tuner.report;

import java.util.List;

/** A piece of a report, in no format yet. */
public sealed interface Block {
  /** A heading; 1 is the title of the report. */
  record Heading(int level, String text) implements Block {}

  /** A paragraph of plain text. */
  record Paragraph(String text) implements Block {}

  /** A list of plain sentences. */
  record Bullets(List<String> items) implements Block {
    public Bullets {
      items = List.copyOf(items);
    }
  }

  /** A table; the first column names the row, the others hold figures. */
  record Table(List<String> header, List<List<String>> rows) implements Block {
    public Table {
      header = List.copyOf(header);
      rows = rows.stream().map(List::copyOf).toList();
      for (List<String> row : rows) {
        if (row.size() != header.size()) {
          throw new IllegalArgumentException("row " + row + " under header " + header);
        }
      }
    }
  }

  /**
   * A chart. What it shows is said in {@code alternative}, for those who cannot see it and for
   * formats that cannot draw.
   *
   * @param x abscissae of all points; ascending for a line
   * @param y ordinates, finite, as many
   */
  record Chart(Style style, String title, String alternative, List<Double> x, List<Double> y)
      implements Block {
    /** How points are drawn. */
    public enum Style {
      LINE,
      /** Points on equal axes, with the diagonal on which both would agree. */
      POINTS
    }

    public Chart {
      x = List.copyOf(x);
      y = List.copyOf(y);
      if (x.size() != y.size()) {
        throw new IllegalArgumentException(x.size() + " abscissae, " + y.size() + " ordinates");
      }
    }

    /** Points joined in order. */
    static Chart line(String title, String alternative, List<Double> x, List<Double> y) {
      return new Chart(Style.LINE, title, alternative, x, y);
    }

    /** Observed against predicted. */
    static Chart points(String title, String alternative, List<Double> x, List<Double> y) {
      return new Chart(Style.POINTS, title, alternative, x, y);
    }
  }
}
