package io.ilteo.tuner.report.figure;

import java.awt.Shape;
import java.awt.geom.Point2D;
import java.util.List;

/** A chart as marks on a sheet, in the order in which they are laid down. */
record Drawing(double width, double height, List<Mark> marks) {
  Drawing {
    marks = List.copyOf(marks);
  }

  /** What a mark is drawn with; each writer knows its colour. */
  enum Ink {
    PAPER,
    WORDS,
    /** Words on a coloured ground. */
    STRONG,
    GRID,
    REFERENCE,
    /** Series, in order: told apart by people with any colour vision (Okabe and Ito). */
    FIRST,
    SECOND,
    THIRD,
    FOURTH;

    private static final List<Ink> SERIES = List.of(FIRST, SECOND, THIRD, FOURTH);

    static Ink ofSeries(int index) {
      return SERIES.get(index % SERIES.size());
    }
  }

  /** Where a text stands to its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** A thing on the sheet. */
  sealed interface Mark {
    /** A filled shape. */
    record Fill(Shape shape, Ink ink, double opacity) implements Mark {}

    /** An outline. */
    record Stroke(Shape shape, Ink ink, double width, boolean dashed) implements Mark {}

    /** Discs of one size; where they lie over each other it is darker. */
    record Dots(List<Point2D> centres, double radius, Ink ink, double opacity) implements Mark {
      public Dots {
        centres = List.copyOf(centres);
      }
    }

    /** A line of text on its baseline; {@code turned} reads upwards. */
    record Text(String words, double x, double y, Anchor anchor, Ink ink, boolean turned)
        implements Mark {}
  }
}
