package io.ilteo.tuner.report;

import io.ilteo.tuner.report.figure.Figure;
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

  /** A table; the first column names the row. */
  record Table(List<String> header, List<List<String>> rows, Kind kind) implements Block {
    /** What the columns after the first hold. */
    public enum Kind {
      FIGURES,
      WORDS
    }

    /** A table of figures. */
    public Table(List<String> header, List<List<String>> rows) {
      this(header, rows, Kind.FIGURES);
    }

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
   * A chart. What it shows is said in the figure's alternative, for those who cannot see it and for
   * formats that cannot draw.
   *
   * @param slug part of its file's name: lower case Latin letters, digits and '-'
   */
  record Chart(String slug, Figure figure) implements Block {}
}
