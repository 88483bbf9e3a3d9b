package io.ilteo.tuner.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Plot.Axes AXES = new Plot.Axes("시행", "임금 rmse");

  private static Figure figure(Plot plot) {
    return new Figure("t", "a \"<b>\"", plot);
  }

  private static Plot.Lines lines(Plot.Series... series) {
    return new Plot.Lines(AXES, List.of(series), List.of(new Plot.Reference("기준 모형", 4)));
  }

  @Test
  void everyWordOfAReportHasGlyphsOfItsOwn() {
    Set<String> missing = new TreeSet<>();
    for (Locale locale : List.of(Locale.ENGLISH, Locale.KOREAN)) {
      ResourceBundle words = ResourceBundle.getBundle("report/wording", locale);
      for (String key : words.keySet()) {
        words
            .getString(key)
            .codePoints()
            .filter(codePoint -> !Typeface.shipped().has(codePoint))
            .forEach(codePoint -> missing.add(key + ": " + Character.toString(codePoint)));
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void koreanIsDrawnAsOutlinesThatDifferFromTheEmptyBox() {
    Typeface typeface = Typeface.shipped();
    var wage = typeface.outline("임", 12).getBounds2D();
    var box = typeface.outline("\uD7A3\uE000", 12).getBounds2D();
    assertThat(wage.getWidth()).isBetween(6.0, 12.0);
    assertThat(box).isNotEqualTo(wage);
    assertThat(typeface.width("임금", 12)).isEqualTo(2 * typeface.width("임", 12));
  }

  @Test
  void fontWithinAPageHasTheCharactersAskedForAndStaysSmall() {
    Set<Integer> wanted = "임금 rmse 85.16".codePoints().boxed().collect(Collectors.toSet());
    byte[] file = Typeface.shipped().subset(wanted);
    assertThat(file.length).isLessThan(20_000);
    Typeface small = Typeface.read(file);
    assertThat(wanted).allMatch(small::has);
    assertThat(small.has('만')).isFalse();
    assertThat(small.width("임금", 12)).isEqualTo(Typeface.shipped().width("임금", 12));
  }

  @Test
  void fileNeedsNoFontAndElementIsReadable() {
    Figure figure =
        figure(
            lines(
                new Plot.Series(
                    "지금까지의 최선", Plot.Series.Style.STEP, List.of(1.0, 2.0), List.of(5.0, 3.0))));
    assertThat(figure.svg())
        .startsWith("<svg xmlns=")
        .contains("a &quot;&lt;b&gt;&quot;")
        .doesNotContain("<text", "NaN", "<b>");
    assertThat(figure.element()).contains(">지금까지의 최선</text>", ">기준 모형</text>");
  }

  @Test
  void bestSoFarHoldsUntilItIsBeaten() {
    String svg =
        figure(
                lines(
                    new Plot.Series(
                        "best", Plot.Series.Style.STEP, List.of(1.0, 2.0), List.of(5.0, 3.0))))
            .element();
    // Along at the old value, then straight down.
    assertThat(svg).contains("M68.00 36.00L660.00 36.00L660.00 254.00");
  }

  @Test
  void scalesAreMarkedWithRoundFiguresThatHoldTheData() {
    Scale scale = Scale.round(82.86, 112.4, 0, 100);
    assertThat(scale.marks()).startsWith(80.0).endsWith(120.0);
    assertThat(scale.marks().stream().map(scale::write)).contains("90", "100");
    assertThat(
            Scale.round(0.612, 0.655, 0, 1).marks().stream()
                .map(m -> Scale.round(0.612, 0.655, 0, 1).write(m)))
        .contains("0.62", "0.65");
    Scale lone = Scale.round(7, 7, 0, 100);
    assertThat(lone.place(7)).isBetween(0.0, 100.0);
  }

  @Test
  void everyPlotIsPaintedWithinItsSheet() throws IOException {
    List<Plot> plots =
        List.of(
            lines(new Plot.Series("d", Plot.Series.Style.DOTS, List.of(3.0), List.of(7.0))),
            new Plot.Agreement(AXES, List.of(0.0, 50.0, 100.0), List.of(5.0, 5.0, 5.0), false),
            new Plot.Bars(
                "비율", List.of(new Plot.Bar("낮은 임금", -3, "-3"), new Plot.Bar("높은 임금", 9, "9"))),
            new Plot.Matrix("관측값", "예측값", List.of("불만족", "만족"), List.of(8L, 2L, 0L, 0L)));
    for (Plot plot : plots) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(figure(plot).png()));
      int painted = 0;
      for (int x = 0; x < image.getWidth(); x++) {
        for (int y = 0; y < image.getHeight(); y++) {
          painted += (image.getRGB(x, y) & 0xFFFFFF) != 0xFFFFFF ? 1 : 0;
        }
      }
      assertThat(painted).as(plot.toString()).isGreaterThan(500);
      for (int x = 0; x < image.getWidth(); x++) {
        assertThat(image.getRGB(x, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(image.getRGB(x, image.getHeight() - 1) & 0xFFFFFF).isEqualTo(0xFFFFFF);
      }
    }
  }
}
