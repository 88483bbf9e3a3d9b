package io.ilteo.tuner.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report as one self-contained HTML file: no script, no address outside of it. */
final class HtmlRenderer {
  private static final double WIDTH = 640;
  private static final double HEIGHT = 220;
  private static final double MARGIN = 40;
  private static final String STYLE =
      """
      body{font:16px/1.55 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
      table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}
      th,td{border-bottom:1px solid #d5dae1;padding:.3rem .7rem;text-align:right}
      th:first-child,td:first-child{text-align:left}
      figcaption{color:#566070}
      svg{max-width:100%;height:auto}
      """;

  private HtmlRenderer() {}

  static String render(String language, List<Block> blocks) {
    String title =
        blocks.stream()
            .filter(Block.Heading.class::isInstance)
            .map(block -> ((Block.Heading) block).text())
            .findFirst()
            .orElse("Ilteo");
    return "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">".formatted(language)
        + "<meta name=\"viewport\" content=\"width=device-width\"><title>%s</title><style>%s</style>"
            .formatted(escape(title), STYLE)
        + "</head><body>\n"
        + blocks.stream().map(HtmlRenderer::block).collect(Collectors.joining("\n"))
        + "\n</body></html>\n";
  }

  private static String block(Block block) {
    return switch (block) {
      case Block.Heading(int level, String text) ->
          "<h%d>%s</h%d>".formatted(level, escape(text), level);
      case Block.Paragraph(String text) -> "<p>" + escape(text) + "</p>";
      case Block.Bullets(List<String> items) ->
          items.stream()
              .map(item -> "<li>" + escape(item) + "</li>")
              .collect(Collectors.joining("", "<ul>", "</ul>"));
      case Block.Table table ->
          "<table><thead>"
              + row("th", table.header())
              + "</thead><tbody>"
              + table.rows().stream().map(row -> row("td", row)).collect(Collectors.joining())
              + "</tbody></table>";
      case Block.Chart chart -> chart(chart);
    };
  }

  private static String row(String cell, List<String> cells) {
    return cells.stream()
        .map(text -> "<%s>%s</%s>".formatted(cell, escape(text), cell))
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String chart(Block.Chart chart) {
    String caption =
        "<figcaption><strong>%s.</strong> %s</figcaption>"
            .formatted(escape(chart.title()), escape(chart.alternative()));
    if (chart.x().size() < 2) {
      return "<figure>" + caption + "</figure>";
    }
    Axis horizontal = Axis.of(chart.x(), MARGIN, WIDTH - MARGIN);
    Axis vertical = Axis.of(chart.y(), HEIGHT - MARGIN, MARGIN);
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < chart.x().size(); i++) {
      points.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              horizontal.place(chart.x().get(i)),
              vertical.place(chart.y().get(i))));
    }
    return "<figure><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, escape(chart.alternative()))
        + "<polyline fill=\"none\" stroke=\"#0b5cad\" stroke-width=\"2\" points=\"%s\"/>"
            .formatted(points)
        + label(4, MARGIN, Figures.number(vertical.max()))
        + label(4, HEIGHT - MARGIN, Figures.number(vertical.min()))
        + label(MARGIN, HEIGHT - 12, Figures.number(horizontal.min()))
        + label(WIDTH - 2 * MARGIN, HEIGHT - 12, Figures.number(horizontal.max()))
        + "</svg>"
        + caption
        + "</figure>";
  }

  private static String label(double x, double y, String text) {
    return String.format(
        Locale.ROOT, "<text x=\"%.0f\" y=\"%.0f\" font-size=\"11\">%s</text>", x, y, escape(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Data interval [min, max] onto [from, to] of the picture. */
  private record Axis(double min, double max, double from, double to) {
    static Axis of(List<Double> values, double from, double to) {
      double min = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
      double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
      return new Axis(min, max, from, to);
    }

    double place(double value) {
      return max == min ? (from + to) / 2 : from + (value - min) / (max - min) * (to - from);
    }
  }
}
