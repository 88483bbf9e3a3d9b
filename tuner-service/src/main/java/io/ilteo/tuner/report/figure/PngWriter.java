package io.ilteo.tuner.report.figure;

import io.ilteo.tuner.report.figure.Drawing.Ink;
import io.ilteo.tuner.report.figure.Drawing.Mark;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Paints a drawing as a PNG at twice its size, on white. */
final class PngWriter {
  private static final double SCALE = 2;

  private PngWriter() {}

  static byte[] write(Drawing drawing) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.ceil(drawing.width() * SCALE),
            (int) Math.ceil(drawing.height() * SCALE),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D sheet = image.createGraphics();
    try {
      sheet.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      sheet.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      sheet.setColor(Color.WHITE);
      sheet.fillRect(0, 0, image.getWidth(), image.getHeight());
      sheet.scale(SCALE, SCALE);
      drawing.marks().forEach(mark -> paint(sheet, mark));
    } finally {
      sheet.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static void paint(Graphics2D sheet, Mark mark) {
    switch (mark) {
      case Mark.Fill(Shape shape, Ink ink, double opacity) -> fill(sheet, shape, ink, opacity);
      case Mark.Stroke(Shape shape, Ink ink, double width, boolean dashed) -> {
        sheet.setColor(Color.decode(hex(ink)));
        sheet.setStroke(
            new BasicStroke(
                (float) width,
                BasicStroke.CAP_BUTT,
                BasicStroke.JOIN_ROUND,
                1,
                dashed ? new float[] {6, 4} : null,
                0));
        sheet.draw(shape);
      }
      case Mark.Dots dots ->
          dots.centres()
              .forEach(
                  c ->
                      fill(
                          sheet,
                          new Ellipse2D.Double(
                              c.getX() - dots.radius(),
                              c.getY() - dots.radius(),
                              2 * dots.radius(),
                              2 * dots.radius()),
                          dots.ink(),
                          dots.opacity()));
      case Mark.Text words -> {
        AffineTransform place = AffineTransform.getTranslateInstance(words.x(), words.y());
        place.rotate(words.turned() ? -Math.PI / 2 : 0);
        place.translate(shift(words), 0);
        Shape outline = Typeface.shipped().outline(words.words(), Plotter.TEXT);
        fill(sheet, place.createTransformedShape(outline), words.ink(), 1);
      }
    }
  }

  private static void fill(Graphics2D sheet, Shape shape, Ink ink, double opacity) {
    sheet.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
    sheet.setColor(Color.decode(hex(ink)));
    sheet.fill(shape);
    sheet.setComposite(AlphaComposite.SrcOver);
  }

  /** How far a text begins from its point. */
  static double shift(Mark.Text words) {
    double width = Typeface.shipped().width(words.words(), Plotter.TEXT);
    return switch (words.anchor()) {
      case START -> 0;
      case MIDDLE -> -width / 2;
      case END -> -width;
    };
  }

  /** Colours on white paper. */
  static String hex(Ink ink) {
    return switch (ink) {
      case PAPER -> "#ffffff";
      case WORDS -> "#3c4654";
      case STRONG -> "#1c2430";
      case GRID -> "#dfe4ea";
      case REFERENCE -> "#d55e00";
      case FIRST -> "#0072b2";
      case SECOND -> "#009e73";
      case THIRD -> "#cc79a7";
      case FOURTH -> "#e69f00";
    };
  }

  static {
    // No display, and no printer's fonts: shapes are all that is painted.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }
}
