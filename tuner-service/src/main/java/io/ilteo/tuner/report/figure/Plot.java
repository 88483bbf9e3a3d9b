package io.ilteo.tuner.report.figure;

import java.util.List;

/** What a chart shows, in no colours and no size yet. All numbers are finite. */
public sealed interface Plot {
  /** Names of the two axes; empty where the title says enough. */
  record Axes(String x, String y) {}

  /**
   * Points in a common frame.
   *
   * @param references horizontal lines to compare with, e.g. the best baseline
   */
  record Lines(Axes axes, List<Series> series, List<Reference> references) implements Plot {
    public Lines {
      series = List.copyOf(series);
      references = List.copyOf(references);
    }
  }

  /** One named sequence of points; abscissae ascend unless it is dots. */
  record Series(String name, Style style, List<Double> x, List<Double> y) {
    /** How the points are joined. */
    public enum Style {
      LINE,
      /** The value holds until the next point: nothing lay in between. */
      STEP,
      DOTS
    }

    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
      if (x.size() != y.size()) {
        throw new IllegalArgumentException(x.size() + " abscissae, " + y.size() + " ordinates");
      }
    }
  }

  /** A level with its name. */
  record Reference(String name, double value) {}

  /**
   * Points on equal axes with the diagonal on which both would agree.
   *
   * @param joined whether the points are a curve, as in a reliability diagram
   */
  record Agreement(Axes axes, List<Double> x, List<Double> y, boolean joined) implements Plot {
    public Agreement {
      x = List.copyOf(x);
      y = List.copyOf(y);
      if (x.size() != y.size()) {
        throw new IllegalArgumentException(x.size() + " abscissae, " + y.size() + " ordinates");
      }
    }
  }

  /** Horizontal bars from zero. */
  record Bars(String axis, List<Bar> bars) implements Plot {
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /** One bar with the figure that is written beside it. */
  record Bar(String name, double value, String figure) {}

  /**
   * Counts of pairs, darker where a row has more of its own.
   *
   * @param counts row by row, rows down
   */
  record Matrix(String rows, String columns, List<String> labels, List<Long> counts)
      implements Plot {
    public Matrix {
      labels = List.copyOf(labels);
      counts = List.copyOf(counts);
      if (counts.size() != labels.size() * labels.size()) {
        throw new IllegalArgumentException(counts.size() + " counts, " + labels.size() + " labels");
      }
    }

    long count(int row, int column) {
      return counts.get(row * labels.size() + column);
    }

    /** Share of the row's own; 0 in an empty row. */
    double share(int row, int column) {
      long all = 0;
      for (int j = 0; j < labels.size(); j++) {
        all += count(row, j);
      }
      return all == 0 ? 0 : (double) count(row, column) / all;
    }
  }
}
