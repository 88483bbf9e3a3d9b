package io.ilteo.tuner.report;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a report as GitHub-flavoured Markdown. */
final class MarkdownRenderer {
  private MarkdownRenderer() {}

  static String render(List<Block> blocks) {
    return blocks.stream().map(MarkdownRenderer::block).collect(Collectors.joining("\n\n")) + "\n";
  }

  private static String block(Block block) {
    return switch (block) {
      case Block.Heading(int level, String text) -> "#".repeat(level) + " " + escape(text);
      case Block.Paragraph(String text) -> escape(text);
      case Block.Bullets(List<String> items) ->
          items.stream().map(item -> "- " + escape(item)).collect(Collectors.joining("\n"));
      case Block.Table table -> table(table);
      case Block.Chart chart -> "*" + escape(chart.title()) + ".* " + escape(chart.alternative());
    };
  }

  private static String table(Block.Table table) {
    String rule = "| --- |" + " ---: |".repeat(Math.max(0, table.header().size() - 1));
    return row(table.header())
        + "\n"
        + rule
        + table.rows().stream().map(row -> "\n" + row(row)).collect(Collectors.joining());
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> escape(cell).replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** Names come from users: nothing in them may act as markup. */
  private static String escape(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>])", "\\\\$1").replaceAll("\\s+", " ");
  }
}
