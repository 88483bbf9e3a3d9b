package io.ilteo.tuner.report;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a report as one self-contained HTML file: no script, no address outside of it. */
final class HtmlRenderer {
  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{font:16px/1.55 system-ui,"Noto Sans KR","Noto Sans CJK KR","Malgun Gothic",sans-serif;
        max-width:54rem;margin:2rem auto;padding:0 1rem;
        color:light-dark(#1c2430,#e5eaf0);background:light-dark(#fff,#141a21)}
      h2{margin-top:2.5rem;border-bottom:2px solid light-dark(#0b5cad,#6db9ee);padding-bottom:.2rem}
      table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}
      th,td{border-bottom:1px solid light-dark(#d5dae1,#3a4654);padding:.3rem .7rem;text-align:right}
      th:first-child,td:first-child{text-align:left}
      figure{margin:1.5rem 0}
      figcaption{color:light-dark(#566070,#a9b5c3)}
      svg{max-width:100%;height:auto;color:light-dark(#0b5cad,#6db9ee)}
      svg text{fill:light-dark(#566070,#a9b5c3);font-size:11px}
      svg .grid{stroke:light-dark(#e3e7ec,#2c3743)}
      svg .same{stroke:light-dark(#c0490c,#ff9a6a);stroke-dasharray:5 4}
      @media print{figure,tr{break-inside:avoid}:root{color-scheme:light}}
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
      case Block.Chart chart -> figure(chart);
    };
  }

  private static String row(String cell, List<String> cells) {
    return cells.stream()
        .map(text -> "<%s>%s</%s>".formatted(cell, escape(text), cell))
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String figure(Block.Chart chart) {
    return "<figure>"
        + SvgChart.draw(chart)
        + "<figcaption><strong>%s.</strong> %s</figcaption></figure>"
            .formatted(escape(chart.title()), escape(chart.alternative()));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
