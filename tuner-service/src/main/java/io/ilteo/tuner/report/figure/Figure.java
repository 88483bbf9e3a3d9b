package io.ilteo.tuner.report.figure;

/**
 * A chart of a report.
 *
 * @param title what it is
 * @param alternative what it shows, for those who cannot see it
 */
public record Figure(String title, String alternative, Plot plot) {
  /** An SVG element for a page that defines its classes and {@link Typeface#FAMILY}. */
  public String element() {
    return SvgWriter.element(Plotter.draw(plot), alternative);
  }

  /** An SVG file that needs nothing else. */
  public String svg() {
    return SvgWriter.file(Plotter.draw(plot), alternative);
  }

  /** A PNG. */
  public byte[] png() {
    return PngWriter.write(Plotter.draw(plot));
  }
}
