package io.ilteo.tuner.report;

import java.util.List;
import java.util.Locale;

/** Draws a chart as an SVG element whose colours are the page's. */
final class SvgChart {
  private static final double WIDTH = 640;
  private static final double LINE_HEIGHT = 260;
  private static final double SQUARE = 440;
  private static final double LEFT = 64;
  private static final double MARGIN = 28;
  private static final int TICKS = 5;

  private SvgChart() {}

  /** The element, or nothing where there is no line to draw. */
  static String draw(Block.Chart chart) {
    if (chart.x().size() < 2) {
      return "";
    }
    boolean square = chart.style() == Block.Chart.Style.POINTS;
    double height = square ? SQUARE : LINE_HEIGHT;
    double width = square ? SQUARE + LEFT - MARGIN : WIDTH;
    Range across = Range.of(chart.x());
    Range up = Range.of(chart.y());
    if (square) {
      across = across.with(up);
      up = across;
    }
    Axis x = new Axis(across, LEFT, width - MARGIN);
    Axis y = new Axis(up, height - MARGIN, MARGIN);
    StringBuilder svg =
        new StringBuilder(
            text(
                "<svg viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" role=\"img\" aria-label=\"%s\">",
                width, height, width, HtmlRenderer.escape(chart.alternative())));
    for (int i = 0; i <= TICKS; i++) {
      double at = (double) i / TICKS;
      double down = y.place(up.at(at));
      svg.append(line("grid", LEFT, down, width - MARGIN, down));
      svg.append(label(LEFT - 8, down + 4, "end", Figures.number(rounded(up, at))));
      svg.append(
          label(x.place(across.at(at)), height - 8, "middle", Figures.number(rounded(across, at))));
    }
    if (square) {
      svg.append(
          line("same", x.place(across.min), y.place(up.min), x.place(across.max), y.place(up.max)));
    }
    svg.append(square ? points(chart, x, y) : polyline(chart, x, y));
    return svg.append("</svg>").toString();
  }

  private static double rounded(Range range, double at) {
    double step = Math.pow(10, Math.floor(Math.log10(Math.max(1e-12, range.max - range.min))) - 2);
    return Math.rint(range.at(at) / step) * step;
  }

  private static String polyline(Block.Chart chart, Axis x, Axis y) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < chart.x().size(); i++) {
      points.append(text("%.1f,%.1f ", x.place(chart.x().get(i)), y.place(chart.y().get(i))));
    }
    return "<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" points=\""
        + points
        + "\"/>";
  }

  private static String points(Block.Chart chart, Axis x, Axis y) {
    StringBuilder points = new StringBuilder("<g fill=\"currentColor\" fill-opacity=\".35\">");
    for (int i = 0; i < chart.x().size(); i++) {
      points.append(
          text(
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\"/>",
              x.place(chart.x().get(i)), y.place(chart.y().get(i))));
    }
    return points.append("</g>").toString();
  }

  private static String line(String kind, double x1, double y1, double x2, double y2) {
    return text(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        kind, x1, y1, x2, y2);
  }

  private static String label(double x, double y, String anchor, String words) {
    return text(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        x, y, anchor, HtmlRenderer.escape(words));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private record Range(double min, double max) {
    static Range of(List<Double> values) {
      double min = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
      double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
      return max > min ? new Range(min, max) : new Range(min - 0.5, max + 0.5);
    }

    Range with(Range other) {
      return new Range(Math.min(min, other.min), Math.max(max, other.max));
    }

    double at(double share) {
      return min + share * (max - min);
    }
  }

  /** Data onto a stretch of the picture. */
  private record Axis(Range range, double from, double to) {
    double place(double value) {
      return from + (value - range.min) / (range.max - range.min) * (to - from);
    }
  }
}
