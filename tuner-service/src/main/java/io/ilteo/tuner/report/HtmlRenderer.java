package io.ilteo.tuner.report;

import io.ilteo.tuner.report.figure.Figure;
import io.ilteo.tuner.report.figure.Typeface;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a report as one self-contained HTML file: no script, no address outside of it, and the
 * glyphs it needs within it, so that it reads the same on a machine without Korean fonts.
 */
final class HtmlRenderer {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--words:light-dark(#1c2430,#e5eaf0);--paper:light-dark(#fff,#141a21);
        --muted:light-dark(#526072,#a9b5c3);--line:light-dark(#dfe4ea,#2f3b47);--accent:light-dark(#0b5cad,#6db9ee)}
      body{font:16px/1.6 "FAMILY",system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;
        color:var(--words);background:var(--paper)}
      :lang(ko){word-break:keep-all}
      h1{font-size:1.9rem}
      h2{margin-top:2.8rem;border-bottom:2px solid var(--accent);padding-bottom:.2rem}
      h3{margin-top:1.8rem}
      nav ol{columns:2;padding-left:1.4rem}
      a{color:var(--accent)}
      .scroll{overflow-x:auto;margin:1rem 0}
      table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
      th,td{border-bottom:1px solid var(--line);padding:.3rem .7rem;text-align:right;white-space:nowrap}
      th{color:var(--muted)}
      td{vertical-align:top}
      td small{display:block;color:var(--muted)}
      th:first-child,td:first-child,.words :is(th,td){text-align:left;white-space:normal}
      td:first-child{min-width:9rem}
      .words td+td{overflow-wrap:anywhere}
      figure{margin:1.5rem 0}
      figcaption{color:var(--muted);font-size:.92rem}
      svg{max-width:100%;height:auto}
      svg text{font-size:12px}
      .f-paper{fill:var(--paper)}.f-words{fill:var(--muted)}.f-strong{fill:var(--words)}
      .f-first{fill:light-dark(#0072b2,#56b4e9)}.f-second{fill:light-dark(#009e73,#3fc79a)}
      .f-third{fill:#cc79a7}.f-fourth{fill:#e69f00}.f-reference{fill:#d55e00}
      .s-grid{stroke:var(--line)}.s-reference{stroke:light-dark(#d55e00,#ff9a5a)}
      .s-first{stroke:light-dark(#0072b2,#56b4e9)}.s-second{stroke:light-dark(#009e73,#3fc79a)}
      .s-third{stroke:#cc79a7}.s-fourth{stroke:#e69f00}
      @media(max-width:40rem){nav ol{columns:1}}
      @media print{figure,tr{break-inside:avoid}h2,h3{break-after:avoid}nav{display:none}
        :root{color-scheme:light}.scroll{overflow:visible}}
      """
          .replace("FAMILY", Typeface.FAMILY);

  /** As {@link Figures#interval} writes it. */
  private static final Pattern ESTIMATE = Pattern.compile("^(\\S+) (\\[\\S+, \\S+])$");

  private HtmlRenderer() {}

  static String render(String language, List<Block> blocks) {
    String title =
        blocks.stream()
            .filter(Block.Heading.class::isInstance)
            .map(block -> ((Block.Heading) block).text())
            .findFirst()
            .orElse("Ilteo");
    StringBuilder body = new StringBuilder();
    int section = 0;
    for (Block block : blocks) {
      boolean chapter = block instanceof Block.Heading heading && heading.level() == 2;
      body.append(chapter && section++ == 0 ? contents(blocks) : "")
          .append(block(block, section))
          .append('\n');
    }
    return """
    <!doctype html>
    <html lang="%s"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width"><title>%s</title>
    <style>%s%s</style></head><body>
    %s</body></html>
    """
        .formatted(language, escape(title), font(body), STYLE, body);
  }

  /** The shipped font, cut down to the characters of this page. */
  private static String font(CharSequence page) {
    Set<Integer> used =
        page.codePoints().filter(Typeface.shipped()::has).boxed().collect(Collectors.toSet());
    return "@font-face{font-family:\"%s\";src:url(data:font/ttf;base64,%s)}\n"
        .formatted(
            Typeface.FAMILY, Base64.getEncoder().encodeToString(Typeface.shipped().subset(used)));
  }

  private static String contents(List<Block> blocks) {
    StringBuilder items = new StringBuilder("<nav><ol>");
    int section = 0;
    for (Block block : blocks) {
      if (block instanceof Block.Heading(int level, String text) && level == 2) {
        section++;
        items.append("<li><a href=\"#s%d\">%s</a></li>".formatted(section, escape(text)));
      }
    }
    return items.append("</ol></nav>\n").toString();
  }

  private static String block(Block block, int section) {
    return switch (block) {
      case Block.Heading(int level, String text) ->
          "<h%d%s>%s</h%d>"
              .formatted(level, level == 2 ? " id=\"s" + section + "\"" : "", escape(text), level);
      case Block.Paragraph(String text) -> "<p>" + escape(text) + "</p>";
      case Block.Bullets(List<String> items) ->
          items.stream()
              .map(item -> "<li>" + escape(item) + "</li>")
              .collect(Collectors.joining("", "<ul>", "</ul>"));
      case Block.Table table ->
          "<div class=\"scroll\"><table%s><thead>"
                  .formatted(table.kind() == Block.Table.Kind.WORDS ? " class=\"words\"" : "")
              + row("th", table.header())
              + "</thead><tbody>"
              + table.rows().stream().map(row -> row("td", row)).collect(Collectors.joining())
              + "</tbody></table></div>";
      case Block.Chart(String slug, Figure figure) ->
          "<figure>%s<figcaption><strong>%s.</strong> %s</figcaption></figure>"
              .formatted(figure.element(), escape(figure.title()), escape(figure.alternative()));
    };
  }

  private static String row(String cell, List<String> cells) {
    return cells.stream()
        .map(text -> "<%s>%s</%s>".formatted(cell, estimate(escape(text)), cell))
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  /** An interval goes below its value: side by side, six of them are wider than the page. */
  private static String estimate(String text) {
    return ESTIMATE.matcher(text).replaceFirst("$1<small>$2</small>");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
