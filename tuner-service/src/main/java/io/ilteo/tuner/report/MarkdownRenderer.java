package io.ilteo.tuner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report as GitHub-flavoured Markdown that refers to its figures as files beside it. */
final class MarkdownRenderer {
  private final String folder;
  private final List<Report.FigureFile> figures = new ArrayList<>();

  private MarkdownRenderer(String folder) {
    this.folder = folder;
  }

  /**
   * Writes the blocks.
   *
   * @param folder where the figures will lie, relative to the report
   */
  static Report render(List<Block> blocks, String folder) {
    MarkdownRenderer renderer = new MarkdownRenderer(folder);
    String text =
        blocks.stream().map(renderer::block).collect(Collectors.joining("\n\n", "", "\n"));
    return new Report(text, renderer.figures);
  }

  private String block(Block block) {
    return switch (block) {
      case Block.Heading(int level, String text) -> "#".repeat(level) + " " + escape(text);
      case Block.Paragraph(String text) -> escape(text);
      case Block.Bullets(List<String> items) ->
          items.stream().map(item -> "- " + escape(item)).collect(Collectors.joining("\n"));
      case Block.Table table -> table(table);
      case Block.Chart chart -> figure(chart);
    };
  }

  private String figure(Block.Chart chart) {
    String file =
        String.format(Locale.ROOT, "%s/%02d-%s.png", folder, figures.size() + 1, chart.slug());
    figures.add(new Report.FigureFile(file, chart.figure()));
    String title = escape(chart.figure().title());
    return "![%s](%s)\n\n*%s.* %s"
        .formatted(title, file, title, escape(chart.figure().alternative()));
  }

  private static String table(Block.Table table) {
    String rule =
        "| --- |"
            + (table.kind() == Block.Table.Kind.FIGURES ? " ---: |" : " --- |")
                .repeat(Math.max(0, table.header().size() - 1));
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
