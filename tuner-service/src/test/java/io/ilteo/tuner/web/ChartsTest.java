package io.ilteo.tuner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.ilteo.tuner.ServerTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The charts of a study: their tables, the files they save as, filters, and addresses. */
@QuarkusTest
@Tag("quarkus")
@QuarkusTestResource(ServerTest.Surroundings.class)
class ChartsTest extends DashboardVisit {
  private static final int EPOCHS = 5;

  /** Left and right of the axes of the parallel coordinates, above and below them. */
  private static final int LEFT = 48;

  private static final int RIGHT = 72;
  private static final int ABOVE = 40;
  private static final int BELOW = 64;

  /** A completed trial of the study: its parameters and what it came to. */
  private record Trial(int number, double x1, double x2, double loss) {}

  private List<Trial> completed(Page page, String study) {
    return call(
            page,
            "ilteo.tuner.v1.TrialService/ListTrials",
            "{\"study\":\"%s\",\"pageSize\":1000,\"states\":[\"TRIAL_STATE_COMPLETED\"]}"
                .formatted(study))
        .path("trials")
        .valueStream()
        .map(
            trial ->
                new Trial(
                    Integer.parseInt(trial.path("name").asText().replaceAll(".*/", "")),
                    trial.at("/parameters/0/value/doubleValue").asDouble(),
                    trial.at("/parameters/1/value/doubleValue").asDouble(),
                    trial.at("/objectives/0").asDouble()))
        .toList();
  }

  @Test
  void everyChartHasItsFiguresAsATableAndSavesAsPngAndSvg() throws Exception {
    Page page = visit("en-GB", ColorScheme.LIGHT);
    String study = ended(page);
    List<Trial> completed = completed(page, study);
    int n = completed.size();
    assertThat(n).as("some trials were pruned").isBetween(2, BUDGET - 1);
    page.navigate(url(study + "/overview"));
    Shown history = shown(page, "History");
    assertThat(history.rows()).hasSize(BUDGET);
    assertThat(history.words()).contains("best so far", "pruned", "baseline centre 20");
    assertThat(shown(page, "Importance (ped_anova)").rows())
        .extracting(List::getFirst)
        .containsExactlyInAnyOrder("x1", "x2");
    page.navigate(url(study + "/parallel"));
    assertThat(shown(page, "Parallel coordinates").rows()).hasSize(n);
    page.navigate(url(study + "/slice"));
    assertThat(shown(page, "Slice: x1").rows()).hasSize(n);
    assertThat(shown(page, "Slice: x2").rows()).hasSize(n);
    page.navigate(url(study + "/contour"));
    assertThat(shown(page, "Contour: x1 × x2").rows()).hasSize(n);
    Trial best = completed.stream().min((a, b) -> Double.compare(a.loss(), b.loss())).orElseThrow();
    assertThat(shown(page, "Rank: x1 × x2").rows().getFirst())
        .startsWith("1", Integer.toString(best.number()));
    page.navigate(url(study + "/curves"));
    Shown curves = shown(page, "Learning curves");
    // Pruned ones end early.
    assertThat(curves.rows()).hasSizeBetween(BUDGET, BUDGET * EPOCHS - 1);
    assertThat(curves.summary())
        .contains("%d curves of loss, %d of them pruned".formatted(BUDGET, BUDGET - n));
    page.navigate(url(study + "/edf"));
    // The bound comes later, and the charts share the width from then on.
    assertThat(page.locator("chart-view")).hasCount(2);
    assertThat(shown(page, "Distribution of results").rows())
        .hasSize(n)
        .last()
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .endsWith("1");
    assertThat(shown(page, "Regret bound").rows()).isNotEmpty();
    page.navigate(url(study + "/timeline"));
    assertThat(shown(page, "Timeline").rows()).hasSize(BUDGET);
    assertThat(visitor().complaints()).isEmpty();
  }

  /**
   * What a chart tells.
   *
   * @param rows of its data table
   * @param words within its drawing
   * @param summary for those who cannot see it
   */
  private record Shown(List<List<String>> rows, String words, String summary) {}

  /** Looks at a chart, at both of its files and at its table. */
  private static Shown shown(Page page, String title) throws Exception {
    Locator caption = page.getByText(title, new Page.GetByTextOptions().setExact(true));
    Locator chart = page.locator("chart-view").filter(new Locator.FilterOptions().setHas(caption));
    assertThat(chart.locator("canvas").first()).isVisible();
    assertPicture(saved(page, chart.locator("button").first()), chart);
    String words = wordsOfDrawing(saved(page, chart.locator("button").nth(1)), title);
    chart.locator("summary").click();
    Locator rows = chart.locator("tbody tr");
    assertThat(rows.first()).isVisible();
    return new Shown(
        rows.allInnerTexts().stream().map(row -> List.of(row.split("\t", -1))).toList(),
        words,
        chart.locator(".plot").getAttribute("aria-label"));
  }

  private static Download saved(Page page, Locator button) {
    return page.waitForDownload(button::click);
  }

  /** A PNG of twice the chart's size, on which more is drawn than its frame. */
  private static void assertPicture(Download file, Locator chart) throws IOException {
    assertThat(file.suggestedFilename()).endsWith(".png");
    BufferedImage picture;
    try (InputStream in = file.createReadStream()) {
      picture = Objects.requireNonNull(ImageIO.read(in), "no picture");
    }
    BoundingBox plot = chart.locator(".plot").boundingBox();
    assertThat(picture.getWidth())
        .isBetween((int) (2 * plot.width) - 2, (int) (2 * plot.width) + 2);
    int paper = picture.getRGB(1, 1);
    long inked =
        IntStream.range(0, picture.getWidth() * picture.getHeight())
            .filter(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) != paper)
            .count();
    assertThat(inked).as(file.suggestedFilename()).isGreaterThan(2_000);
  }

  /** A well-formed SVG with marks and words. */
  private static String wordsOfDrawing(Download file, String title) throws Exception {
    assertThat(file.suggestedFilename())
        .isEqualTo(title.replaceAll("[^\\p{L}\\p{N}]+", "-") + ".svg");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newNSInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    Document drawing;
    try (InputStream in = file.createReadStream()) {
      drawing = factory.newDocumentBuilder().parse(in);
    }
    assertThat(drawing.getDocumentElement().getLocalName()).isEqualTo("svg");
    assertThat(drawing.getElementsByTagName("path").getLength()).isGreaterThan(2);
    assertThat(drawing.getElementsByTagName("text").getLength()).isGreaterThan(2);
    return drawing.getDocumentElement().getTextContent();
  }

  @Test
  void rangesAlongAnAxisLeaveTheTrialsThatLieInThem() {
    Page page = visit("en-GB", ColorScheme.DARK);
    String study = ended(page);
    List<Trial> completed = completed(page, study);
    page.navigate(url(study + "/parallel"));
    Locator selection = page.locator("p.selection");
    assertThat(selection).containsText("Drag along an axis");
    drag(page, 0, 0.25, 0.6);
    assertThat(selection).containsText("of %d trials selected".formatted(completed.size()));
    Matcher brushed =
        Pattern.compile("brush=x1%3A(-?[0-9.]+)\\.\\.(-?[0-9.]+)$").matcher(page.url());
    assertThat(brushed.find()).as(page.url()).isTrue();
    double low = Double.parseDouble(brushed.group(1));
    double high = Double.parseDouble(brushed.group(2));
    assertSelected(page, completed, trial -> trial.x1() >= low && trial.x1() <= high);
    // A second axis narrows it further, and whoever is sent the address sees the same.
    drag(page, 2, 0.05, 0.4);
    page.waitForURL(Pattern.compile(".*loss.*"));
    String narrowed = selection.innerText();
    Page other = visit("en-GB", ColorScheme.DARK);
    other.navigate(page.url());
    assertThat(other.locator("p.selection")).hasText(narrowed);
    assertThat(other.locator("range-filter input[name='loss high']")).not().hasValue("");
    // The same without a mouse, from here on.
    other.locator("range-filter summary").focus();
    other.keyboard().press("Enter");
    assertThat(button(other, "Show all")).isVisible();
    assertThat(visitor().barriers()).isEmpty();
    button(other, "Show all").press("Enter");
    assertThat(other.locator("p.selection")).containsText("Drag along an axis");
    other.locator("range-filter input[name='x2 low']").focus();
    other.keyboard().type("2.5");
    other.keyboard().press("Enter");
    assertSelected(other, completed, trial -> trial.x2() >= 2.5);
    assertThat(other.url()).endsWith("brush=x2%3A2.5..");
    assertThat(visitor().complaints()).isEmpty();
  }

  /** Drags along an axis of the parallel coordinates, of which there are three. */
  private static void drag(Page page, int axis, double from, double to) {
    Locator plot = page.locator("chart-view .plot[data-drawn]");
    plot.scrollIntoViewIfNeeded();
    BoundingBox box = plot.boundingBox();
    double x = box.x + LEFT + axis * (box.width - LEFT - RIGHT) / 2;
    double top = box.y + ABOVE;
    double length = box.height - ABOVE - BELOW;
    page.mouse().move(x, top + from * length);
    page.mouse().down();
    page.mouse().move(x, top + (from + to) / 2 * length);
    page.mouse().move(x, top + to * length);
    page.mouse().up();
  }

  private static void assertSelected(Page page, List<Trial> all, Predicate<Trial> kept) {
    List<String> numbers =
        all.stream().filter(kept).map(trial -> Integer.toString(trial.number())).toList();
    assertThat(numbers).isNotEmpty().hasSizeLessThan(all.size());
    Locator selection = page.locator("p.selection");
    assertThat(selection)
        .containsText("%d of %d trials selected".formatted(numbers.size(), all.size()));
    assertThat(selection.locator("a").allInnerTexts()).containsExactlyInAnyOrderElementsOf(numbers);
  }

  @Test
  void addressIsTheWholeView() {
    Page page = visit("en-GB", ColorScheme.LIGHT);
    String study = ended(page);
    Page other = visit("en-GB", ColorScheme.LIGHT);
    page.navigate(url(study + "/contour"));
    page.locator("study-charts select").first().selectOption("x2");
    page.locator("study-charts select").nth(1).selectOption("x1");
    assertSame(page, other, "Contour: x2 × x1");
    page.navigate(url(study + "/overview"));
    page.locator("study-charts select").selectOption("fanova");
    assertSame(page, other, "Importance (fanova)");
    page.navigate(url(study + "/timeline"));
    page.locator("select[name=by]").selectOption("worker");
    assertSame(page, other, "attempts by tuner replica or client");
    page.navigate(url(study + "/trials"));
    page.locator("trials-table select").selectOption("pruned");
    button(page, "x2").click();
    button(page, "한국어").click();
    assertThat(page.locator("th[aria-sort=ascending]")).hasText("x2");
    assertSame(page, other, "가지치기됨");
    page.navigate(url("studies?lang=ko"));
    page.locator("input[type=search]").fill("Ended");
    page.locator("studies-page select").selectOption("completed");
    button(page, "진행").click();
    assertSame(page, other, "60/60");
    assertThat(visitor().complaints()).isEmpty();
  }

  /** Somebody who is sent the address of a page sees what is on it, and the words looked for. */
  private static void assertSame(Page page, Page other, String words) {
    Pattern wanted = Pattern.compile(Pattern.quote(words));
    page.waitForCondition(() -> wanted.matcher(view(page)).find());
    other.navigate("about:blank");
    other.navigate(page.url());
    other.waitForCondition(() -> view(other).equals(view(page)));
  }

  /** Everything that a person can read, see as chart or find chosen. */
  private static String view(Page page) {
    return Stream.of(
            page.evaluate("() => document.querySelector('main').innerText"),
            page.evaluate(
                "() => [...document.querySelectorAll('[role=img]')].map(e => e.ariaLabel).join()"),
            page.evaluate(
                "() => [...document.querySelectorAll('main select, main input')].map(e => e.value).join()"))
        .map(String::valueOf)
        .reduce("", String::concat);
  }
}
