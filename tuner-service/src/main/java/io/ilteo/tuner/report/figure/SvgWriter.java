package io.ilteo.tuner.report.figure;

import io.ilteo.tuner.report.figure.Drawing.Anchor;
import io.ilteo.tuner.report.figure.Drawing.Ink;
import io.ilteo.tuner.report.figure.Drawing.Mark;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.Locale;

/** Writes a drawing as SVG: for a page, in its font and colours, or as a file of its own. */
final class SvgWriter {
  private final boolean file;
  private final StringBuilder svg = new StringBuilder();

  private SvgWriter(boolean file) {
    this.file = file;
  }

  /** An element whose classes and font the page defines. */
  static String element(Drawing drawing, String alternative) {
    return new SvgWriter(false).write(drawing, alternative);
  }

  /** A file that needs nothing else: text as outlines, colours of its own, on white. */
  static String file(Drawing drawing, String alternative) {
    return new SvgWriter(true).write(drawing, alternative);
  }

  private String write(Drawing drawing, String alternative) {
    svg.append(
        text(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
                + " role=\"img\" aria-label=\"%s\">",
            drawing.width(), drawing.height(), drawing.width(), escape(alternative)));
    if (file) {
      svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    }
    drawing.marks().forEach(this::mark);
    return svg.append("</svg>").toString();
  }

  private void mark(Mark mark) {
    switch (mark) {
      case Mark.Fill(Shape shape, Ink ink, double opacity) ->
          svg.append(
              text("<path %s fill-opacity=\"%.2f\" d=\"%s\"/>", fill(ink), opacity, path(shape)));
      case Mark.Stroke(Shape shape, Ink ink, double width, boolean dashed) ->
          svg.append(
              text(
                  "<path fill=\"none\" %s stroke-width=\"%.1f\" stroke-linejoin=\"round\"%s"
                      + " d=\"%s\"/>",
                  stroke(ink), width, dashed ? " stroke-dasharray=\"6 4\"" : "", path(shape)));
      case Mark.Dots dots -> {
        svg.append(text("<g %s fill-opacity=\"%.2f\">", fill(dots.ink()), dots.opacity()));
        dots.centres()
            .forEach(
                c ->
                    svg.append(
                        text(
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>",
                            c.getX(), c.getY(), dots.radius())));
        svg.append("</g>");
      }
      case Mark.Text words -> words(words);
    }
  }

  private void words(Mark.Text words) {
    if (words.words().isEmpty()) {
      return;
    }
    String turn = words.turned() ? " rotate(-90)" : "";
    if (file) {
      svg.append(
          text(
              "<path %s transform=\"translate(%.1f %.1f)%s translate(%.1f 0)\" d=\"%s\"/>",
              fill(words.ink()),
              words.x(),
              words.y(),
              turn,
              PngWriter.shift(words),
              path(Typeface.shipped().outline(words.words(), Plotter.TEXT))));
    } else {
      svg.append(
          text(
              "<text %s transform=\"translate(%.1f %.1f)%s\" text-anchor=\"%s\">%s</text>",
              fill(words.ink()),
              words.x(),
              words.y(),
              turn,
              anchor(words.anchor()),
              escape(words.words())));
    }
  }

  private static String anchor(Anchor anchor) {
    return anchor.name().toLowerCase(Locale.ROOT);
  }

  private String fill(Ink ink) {
    return file ? "fill=\"" + PngWriter.hex(ink) + "\"" : "class=\"f-" + name(ink) + "\"";
  }

  private String stroke(Ink ink) {
    return file ? "stroke=\"" + PngWriter.hex(ink) + "\"" : "class=\"s-" + name(ink) + "\"";
  }

  private static String name(Ink ink) {
    return ink.name().toLowerCase(Locale.ROOT);
  }

  private static String path(Shape shape) {
    StringBuilder path = new StringBuilder();
    double[] at = new double[6];
    for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
      int kind = i.currentSegment(at);
      int numbers =
          switch (kind) {
            case PathIterator.SEG_MOVETO, PathIterator.SEG_LINETO -> 2;
            case PathIterator.SEG_QUADTO -> 4;
            case PathIterator.SEG_CUBICTO -> 6;
            default -> 0;
          };
      path.append("MLQCZ".charAt(kind));
      for (int n = 0; n < numbers; n++) {
        path.append(n == 0 ? "" : " ").append(text("%.2f", at[n]));
      }
    }
    return path.toString();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
