package io.ilteo.tuner.report.figure;

import io.ilteo.tuner.report.figure.Drawing.Anchor;
import io.ilteo.tuner.report.figure.Drawing.Ink;
import io.ilteo.tuner.report.figure.Drawing.Mark;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Lays a plot out on a sheet: frame, axes, legend, marks. */
final class Plotter {
  static final double TEXT = 12;

  private static final double WIDTH = 680;
  private static final double HEIGHT = 300;
  private static final double SQUARE = 440;
  private static final double LEFT = 68;
  private static final double RIGHT = 20;
  private static final double TOP = 14;
  private static final double BOTTOM = 46;
  private static final double LEGEND = 22;
  private static final double BAR = 26;
  private static final int FEW_POINTS = 60;
  private static final double DARK = 0.65;

  private final List<Mark> marks = new ArrayList<>();

  private Plotter() {}

  static Drawing draw(Plot plot) {
    Plotter plotter = new Plotter();
    return switch (plot) {
      case Plot.Lines lines -> plotter.lines(lines);
      case Plot.Agreement agreement -> plotter.agreement(agreement);
      case Plot.Bars bars -> plotter.bars(bars);
      case Plot.Matrix matrix -> plotter.matrix(matrix);
    };
  }

  private Drawing lines(Plot.Lines plot) {
    double top = TOP + LEGEND;
    Scale x = span(plot.series().stream().flatMap(s -> s.x().stream()), LEFT, WIDTH - RIGHT);
    Scale y =
        span(
            Stream.concat(
                plot.series().stream().flatMap(s -> s.y().stream()),
                plot.references().stream().map(Plot.Reference::value)),
            HEIGHT - BOTTOM,
            top);
    frame(plot.axes(), x, y);
    for (Plot.Reference reference : plot.references()) {
      double at = y.place(reference.value());
      stroke(new Line2D.Double(LEFT, at, WIDTH - RIGHT, at), Ink.REFERENCE, 1.6, true);
    }
    for (int i = 0; i < plot.series().size(); i++) {
      series(plot.series().get(i), Ink.ofSeries(i), x, y);
    }
    legend(plot);
    return new Drawing(WIDTH, HEIGHT, marks);
  }

  private void series(Plot.Series series, Ink ink, Scale x, Scale y) {
    List<Point2D> points = new ArrayList<>();
    for (int i = 0; i < series.x().size(); i++) {
      points.add(new Point2D.Double(x.place(series.x().get(i)), y.place(series.y().get(i))));
    }
    if (series.style() == Plot.Series.Style.DOTS) {
      marks.add(new Mark.Dots(points, points.size() > FEW_POINTS ? 2 : 3, ink, 0.6));
      return;
    }
    if (points.size() == 1) {
      marks.add(new Mark.Dots(points, 3, ink, 1));
      return;
    }
    stroke(path(points, series.style() == Plot.Series.Style.STEP), ink, 2, false);
  }

  private static Path2D path(List<Point2D> points, boolean step) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < points.size(); i++) {
      Point2D point = points.get(i);
      if (i == 0) {
        path.moveTo(point.getX(), point.getY());
      } else {
        if (step) {
          path.lineTo(point.getX(), points.get(i - 1).getY());
        }
        path.lineTo(point.getX(), point.getY());
      }
    }
    return path;
  }

  private void legend(Plot.Lines plot) {
    double x = LEFT;
    double y = TOP;
    for (int i = 0; i < plot.series().size(); i++) {
      Plot.Series series = plot.series().get(i);
      x = legendEntry(series.name(), Ink.ofSeries(i), series.style(), false, x, y);
    }
    for (Plot.Reference reference : plot.references()) {
      x = legendEntry(reference.name(), Ink.REFERENCE, Plot.Series.Style.LINE, true, x, y);
    }
  }

  private double legendEntry(
      String name, Ink ink, Plot.Series.Style style, boolean dashed, double x, double y) {
    if (style == Plot.Series.Style.DOTS) {
      marks.add(new Mark.Dots(List.of(new Point2D.Double(x + 9, y - 4)), 3, ink, 1));
    } else {
      stroke(new Line2D.Double(x, y - 4, x + 18, y - 4), ink, 2, dashed);
    }
    words(name, x + 24, y, Anchor.START);
    return x + 24 + Typeface.shipped().width(name, TEXT) + 18;
  }

  private Drawing agreement(Plot.Agreement plot) {
    Scale x =
        span(Stream.concat(plot.x().stream(), plot.y().stream()), LEFT, LEFT + SQUARE - RIGHT);
    Scale y = new Scale(x.min(), x.max(), x.step(), SQUARE - BOTTOM, TOP);
    frame(plot.axes(), x, y);
    stroke(
        new Line2D.Double(x.place(x.min()), y.place(y.min()), x.place(x.max()), y.place(y.max())),
        Ink.REFERENCE,
        1.4,
        true);
    List<Point2D> points = new ArrayList<>();
    for (int i = 0; i < plot.x().size(); i++) {
      points.add(new Point2D.Double(x.place(plot.x().get(i)), y.place(plot.y().get(i))));
    }
    if (plot.joined()) {
      stroke(path(points, false), Ink.FIRST, 2, false);
    }
    marks.add(new Mark.Dots(points, plot.joined() ? 4 : 2, Ink.FIRST, plot.joined() ? 1 : 0.3));
    return new Drawing(LEFT + SQUARE, SQUARE, marks);
  }

  private Drawing bars(Plot.Bars plot) {
    double names =
        12
            + plot.bars().stream()
                .mapToDouble(bar -> Typeface.shipped().width(bar.name(), TEXT))
                .max()
                .orElse(0);
    double figures =
        12
            + plot.bars().stream()
                .mapToDouble(bar -> Typeface.shipped().width(bar.figure(), TEXT))
                .max()
                .orElse(0);
    double left = Math.min(names, WIDTH / 2);
    double bottom = TOP + BAR * plot.bars().size();
    Scale x =
        span(
            Stream.concat(Stream.of(0.0), plot.bars().stream().map(Plot.Bar::value)),
            left,
            WIDTH - figures - RIGHT);
    for (double mark : x.marks()) {
      double at = x.place(mark);
      stroke(new Line2D.Double(at, TOP, at, bottom), Ink.GRID, 1, false);
      words(x.write(mark), at, bottom + 16, Anchor.MIDDLE);
    }
    for (int i = 0; i < plot.bars().size(); i++) {
      Plot.Bar bar = plot.bars().get(i);
      double y = TOP + BAR * i;
      double zero = x.place(0);
      double end = x.place(bar.value());
      marks.add(
          new Mark.Fill(
              new Rectangle2D.Double(
                  Math.min(zero, end), y + 5, Math.max(1, Math.abs(end - zero)), BAR - 10),
              Ink.FIRST,
              1));
      words(bar.name(), left - 8, y + BAR / 2 + 4, Anchor.END);
      words(bar.figure(), Math.max(zero, end) + 6, y + BAR / 2 + 4, Anchor.START);
    }
    words(plot.axis(), (left + WIDTH - figures - RIGHT) / 2, bottom + 34, Anchor.MIDDLE);
    return new Drawing(WIDTH, bottom + BOTTOM, marks);
  }

  private Drawing matrix(Plot.Matrix plot) {
    int size = plot.labels().size();
    double names =
        40
            + plot.labels().stream()
                .mapToDouble(label -> Typeface.shipped().width(label, TEXT))
                .max()
                .orElse(0);
    double cell = Math.clamp((WIDTH - names) / Math.max(1, size), 44, 84);
    double width = names + cell * size + RIGHT;
    for (int i = 0; i < size; i++) {
      words(plot.labels().get(i), names - 8, TOP + cell * (i + 0.5) + 4, Anchor.END);
      words(plot.labels().get(i), names + cell * (i + 0.5), TOP + cell * size + 16, Anchor.MIDDLE);
      for (int j = 0; j < size; j++) {
        double share = plot.share(i, j);
        double x = names + cell * j;
        double y = TOP + cell * i;
        marks.add(
            new Mark.Fill(
                new Rectangle2D.Double(x + 1, y + 1, cell - 2, cell - 2),
                Ink.FIRST,
                0.05 + 0.9 * share));
        Ink ink = share > DARK ? Ink.PAPER : Ink.STRONG;
        String percent = Math.round(100 * share) + " %";
        marks.add(
            new Mark.Text(
                Long.toString(plot.count(i, j)),
                x + cell / 2,
                y + cell / 2 - 2,
                Anchor.MIDDLE,
                ink,
                false));
        marks.add(
            new Mark.Text(percent, x + cell / 2, y + cell / 2 + 13, Anchor.MIDDLE, ink, false));
      }
    }
    words(plot.columns(), names + cell * size / 2, TOP + cell * size + 34, Anchor.MIDDLE);
    marks.add(
        new Mark.Text(plot.rows(), 16, TOP + cell * size / 2, Anchor.MIDDLE, Ink.WORDS, true));
    return new Drawing(width, TOP + cell * size + BOTTOM, marks);
  }

  private void frame(Plot.Axes axes, Scale x, Scale y) {
    for (double mark : y.marks()) {
      double at = y.place(mark);
      stroke(new Line2D.Double(x.from(), at, x.to(), at), Ink.GRID, 1, false);
      words(y.write(mark), x.from() - 8, at + 4, Anchor.END);
    }
    for (double mark : x.marks()) {
      double at = x.place(mark);
      stroke(new Line2D.Double(at, y.from(), at, y.from() + 4), Ink.GRID, 1, false);
      words(x.write(mark), at, y.from() + 18, Anchor.MIDDLE);
    }
    words(axes.x(), (x.from() + x.to()) / 2, y.from() + 36, Anchor.MIDDLE);
    marks.add(new Mark.Text(axes.y(), 16, (y.from() + y.to()) / 2, Anchor.MIDDLE, Ink.WORDS, true));
  }

  private static Scale span(Stream<Double> values, double from, double to) {
    double[] all = values.mapToDouble(Double::doubleValue).toArray();
    double low = DoubleStream.of(all).min().orElse(0);
    double high = DoubleStream.of(all).max().orElse(1);
    return Scale.round(low, high, from, to);
  }

  private void stroke(java.awt.Shape shape, Ink ink, double width, boolean dashed) {
    marks.add(new Mark.Stroke(shape, ink, width, dashed));
  }

  private void words(String words, double x, double y, Anchor anchor) {
    marks.add(new Mark.Text(words, x, y, anchor, Ink.WORDS, false));
  }
}
