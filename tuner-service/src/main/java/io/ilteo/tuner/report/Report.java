package io.ilteo.tuner.report;

import io.ilteo.tuner.report.figure.Figure;
import java.util.List;

/**
 * A written report.
 *
 * @param text Markdown or a whole HTML file
 * @param figures what a Markdown text refers to; none beside HTML, which holds its own
 */
public record Report(String text, List<FigureFile> figures) {
  public Report {
    figures = List.copyOf(figures);
  }

  /**
   * A figure and where the text looks for its PNG.
   *
   * @param fileName relative to the report, e.g. {@code report-3.ko.figures/02-history.png}
   */
  public record FigureFile(String fileName, Figure figure) {
    /** Where its SVG belongs. */
    public String svgFileName() {
      return fileName.replaceFirst("\\.png$", ".svg");
    }
  }
}
