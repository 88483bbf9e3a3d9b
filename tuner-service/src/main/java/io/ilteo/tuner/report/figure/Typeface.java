package io.ilteo.tuner.report.figure;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The font that ships with Ilteo: Latin and the 2,350 Hangul syllables of KS X 1001, so that Korean
 * reads the same on a machine without Korean fonts. Noto Sans KR, SIL Open Font License 1.1.
 *
 * <p>Glyphs are read as outlines, not through AWT's fonts: those need fontconfig, which slim images
 * lack. Not safe for use by several threads at a time, therefore synchronized.
 */
public final class Typeface {
  /** Name under which a page refers to the embedded font. */
  public static final String FAMILY = "Ilteo Report";

  private static final String RESOURCE = "/META-INF/resources/font/NotoSansKR-KSX1001.ttf";
  private static final Typeface SHIPPED = load();

  private final TrueTypeFont font;
  private final CmapLookup glyphs;
  private final double unitsPerEm;

  private Typeface(TrueTypeFont font) throws IOException {
    this.font = font;
    this.glyphs = font.getUnicodeCmapLookup();
    this.unitsPerEm = font.getUnitsPerEm();
  }

  /** The one font. */
  public static Typeface shipped() {
    return SHIPPED;
  }

  private static Typeface load() {
    try (InputStream in = Objects.requireNonNull(Typeface.class.getResourceAsStream(RESOURCE))) {
      return new Typeface(new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes())));
    } catch (IOException damaged) {
      throw new UncheckedIOException(RESOURCE, damaged);
    }
  }

  /** Whether the font has a picture for the character. */
  public boolean has(int codePoint) {
    return glyphs.getGlyphId(codePoint) != 0;
  }

  /** Width of a line of text. */
  synchronized double width(String text, double size) {
    try {
      double units = 0;
      for (int codePoint : text.codePoints().toArray()) {
        units += font.getAdvanceWidth(glyphs.getGlyphId(codePoint));
      }
      return units / unitsPerEm * size;
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** Outline of a line of text whose baseline begins at the origin; y grows downwards. */
  synchronized Path2D outline(String text, double size) {
    double scale = size / unitsPerEm;
    Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double x = 0;
    try {
      for (int codePoint : text.codePoints().toArray()) {
        int glyph = glyphs.getGlyphId(codePoint);
        var data = font.getGlyph().getGlyph(glyph);
        if (data != null) {
          path.append(
              data.getPath().getPathIterator(new AffineTransform(scale, 0, 0, -scale, x, 0)),
              false);
        }
        x += font.getAdvanceWidth(glyph) * scale;
      }
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
    return path;
  }

  /** A TrueType file with the glyphs of these characters alone, small enough to embed in a page. */
  public synchronized byte[] subset(Set<Integer> codePoints) {
    try {
      TTFSubsetter subsetter = new TTFSubsetter(font);
      subsetter.addAll(codePoints);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      subsetter.writeToStream(out);
      return out.toByteArray();
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  /** Reads a file that {@link #subset} wrote. */
  static Typeface read(byte[] file) {
    try {
      return new Typeface(
          new TTFParser(true).parse(new RandomAccessReadBuffer(new ByteArrayInputStream(file))));
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
