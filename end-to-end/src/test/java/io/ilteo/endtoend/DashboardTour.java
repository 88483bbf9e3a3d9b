package io.ilteo.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.ilteo.testkit.browser.HeadlessChromium;
import io.ilteo.testkit.browser.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a person does in the dashboard of a platform on which {@code ./ilteo run} has ended: imports
 * a survey, looks at panels, models and a Pareto front, creates a study on real networks, watches
 * it live, stops it, promotes a trial, asks it for a prediction and rolls back. No page has a fault
 * that axe calls serious.
 */
final class DashboardTour {
  private static final int EXCERPT_ROWS = 300;
  private static final int WIDTH = 1360;
  private static final int HEIGHT = 900;
  private static final int TELEPHONE_WIDTH = 360;
  private static final int TELEPHONE_HEIGHT = 740;
  private static final double PATIENCE_MILLIS = 180_000;
  private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
      new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);

  private static final LocatorAssertions.HasTextOptions PATIENTLY_TEXT =
      new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS);

  private final Visitor visitor;
  private final Page page;
  private final String address;
  private final Path survey;
  private final Path excerpt;
  private final Words words;

  /** What the buttons are called, and what wages are counted in. */
  private record Words(String locale, String start, String stop, String yes, String unit) {
    static final Words ENGLISH =
        new Words("en-GB", "Create and start", "Stop", "Yes, do it", "10,000 won");
    static final Words KOREAN = new Words("ko-KR", "만들고 시작", "중지", "예, 실행", "만원");
  }

  /** A study of two objectives, and how many of its trials are dominated by no other. */
  record Front(String study, int trials) {}

  private DashboardTour(
      HeadlessChromium chromium,
      String address,
      Path survey,
      Path excerpt,
      Words words,
      ColorScheme colours) {
    this.address = address;
    this.survey = survey;
    this.excerpt = excerpt;
    this.words = words;
    this.visitor = chromium.visitor(words.locale(), colours);
    this.page = visitor.page();
    page.setDefaultTimeout(PATIENCE_MILLIS / 3);
  }

  /** English by day, Korean by night; nothing where the machine has no Chromium. */
  static void ofBothLanguages(String address, Path survey, Front front) throws IOException {
    Optional<HeadlessChromium> found = HeadlessChromium.launch();
    if (found.isEmpty()) {
      System.out.println("no Chromium here: the dashboard is not toured");
      return;
    }
    Path excerpt = survey.resolveSibling("excerpt.csv");
    Files.write(excerpt, Files.readAllLines(survey).subList(0, 1 + EXCERPT_ROWS));
    try (HeadlessChromium chromium = found.get()) {
      DashboardTour english =
          new DashboardTour(chromium, address, survey, excerpt, Words.ENGLISH, ColorScheme.LIGHT);
      english.panels("300 person-years of");
      english.evaluatedModels();
      english.paretoFront(front);
      english.studyToPrediction("Toured", false);
      DashboardTour korean =
          new DashboardTour(chromium, address, survey, excerpt, Words.KOREAN, ColorScheme.DARK);
      korean.panels("이미 있습니다");
      korean.evaluatedModels();
      korean.studyToPrediction("둘러본 연구", true);
      korean.rollBack();
    }
  }

  /** Imports the survey; the page says so in the words given, and shows what is in it. */
  private void panels(String imported) {
    open("panels");
    Locator form = page.locator("panel-import");
    form.locator("summary").click();
    form.locator("input[type=file]").setInputFiles(excerpt);
    form.locator("select").selectOption("klips-long");
    assertAccessible("panels");
    form.locator("form button").click();
    // Into both model services; the second tour finds it there: the same content has the same name.
    Locator said = form.locator("[role=status] p");
    assertThat(said).hasCount(2);
    assertThat(said.first()).containsText(imported);
    String panel = said.first().innerText().replaceAll("(?s).*panels/([0-9a-f]+).*", "$1");
    Locator listed = page.locator("panels-page tbody a[href$='wage/" + panel + "']");
    assertThat(listed).isVisible();
    listed.click();
    assertThat(page.locator("panels-page")).containsText("klips-long");
    // Each year's shares of dissatisfied, neutral and satisfied; those of a year add up to one.
    assertThat(numbers("panels-page", 0))
        .isNotEmpty()
        .allSatisfy(
            year ->
                assertThat(year.stream().skip(1).mapToDouble(share -> share).sum())
                    .isCloseTo(1, within(0.001)));
    assertAccessible("panel");
    assertFitsATelephone();
  }

  /** The winners of the run: where they come from, and every picture of their errors. */
  private void evaluatedModels() {
    open("models");
    assertThat(page.locator("models-page section")).hasCount(2);
    assertFitsATelephone();
    assertAccessible("models");
    open("models/wage/3");
    assertThat(page.locator(".lineage li")).hasCount(5);
    assertThat(page.locator(".lineage a[href*='panels/']")).isVisible();
    assertThat(page.locator(".lineage a[href*='/trials/']").first()).isVisible();
    assertThat(numbers("model-evaluation", 0)).as("pairs of the scatter").hasSize(testSequences());
    assertThat(numbers("model-evaluation", 1)).as("residuals of the wage bands").hasSize(5);
    assertThat(page.locator("model-evaluation chart-view canvas")).hasCount(3);
    assertAccessible("wage model");
    assertFitsATelephone();
    open("models/satisfaction/1");
    List<List<Double>> confusion = numbers("model-evaluation", 0);
    assertThat(confusion).hasSize(3);
    assertThat(confusion.stream().flatMap(List::stream).mapToDouble(count -> count).sum())
        .isEqualTo(testSequences());
    List<List<Double>> reliability = numbers("model-evaluation", 1);
    assertThat(reliability.stream().mapToDouble(List::getLast).sum()).isEqualTo(testSequences());
    assertThat(page.locator("model-evaluation chart-view canvas")).hasCount(3);
    assertAccessible("satisfaction model");
  }

  /** How many sequences of the test fold the version on the page has read. */
  private int testSequences() {
    Matcher count =
        Pattern.compile("[0-9]+")
            .matcher(page.locator(".lineage li:nth-child(4) small").innerText());
    List<Integer> counts = count.results().map(found -> Integer.valueOf(found.group())).toList();
    // So many sequences of so many persons; which comes first is the language's choice.
    return counts.stream().max(Integer::compare).orElseThrow();
  }

  /** The front that the command line shows, and the volume that it came to dominate. */
  private void paretoFront(Front front) {
    open(front.study() + "/pareto");
    assertThat(numbers("study-charts", 0)).hasSize(front.trials());
    assertThat(numbers("study-charts", 1).stream().map(List::getLast).toList()).isSorted();
    assertAccessible("Pareto front");
  }

  /** The figures of a chart as its data table has them, row by row. */
  private List<List<Double>> numbers(String part, int chart) {
    Locator figure = page.locator(part + " chart-view").nth(chart);
    assertThat(figure.locator("canvas").first()).isVisible();
    figure.locator("details summary").click();
    assertThat(figure.locator("tbody tr").first()).isVisible();
    return figure.locator("tbody tr").allInnerTexts().stream()
        .map(
            row ->
                Stream.of(row.split("\\s+", -1))
                    .filter(cell -> cell.matches("-?[0-9.]+(e-?[0-9]+)?"))
                    .map(Double::valueOf)
                    .toList())
        .toList();
  }

  private void studyToPrediction(String name, boolean twoObjectives) {
    open("new");
    page.locator("select[name=task]").selectOption("wage");
    // Not the excerpt, though it is newer: it has few persons to learn from.
    assertThat(page.locator("select[name=panel] option").first())
        .containsText(survey.getFileName().toString());
    page.locator("input[name=name]").fill(name);
    page.locator("input[name=tags]").fill("tour");
    page.locator("input[name=budget]").fill("500");
    page.locator("input[name=parallelism]").fill("1");
    page.locator("input[name=epochs]").fill("2");
    if (twoObjectives) {
      page.locator("select[name=objective]").nth(1).selectOption("mae");
    }
    assertAccessible("new study");
    button(words.start()).click();
    page.waitForURL(Pattern.compile(".*#/studies/\\d+.*"));
    String study = page.url().replaceAll(".*#/(studies/\\d+).*", "$1");
    assertThat(page.locator(".tile strong.running")).isVisible();
    // Pushed by the server: the page is not loaded again.
    assertThat(page.locator(".tiles progress:not([value='0'])")).isVisible(PATIENTLY);
    assertThat(page.locator("chart-view canvas").first()).isVisible();
    button(words.stop()).click();
    button(words.yes()).click();
    assertThat(page.locator(".tile strong.stopped")).isVisible(PATIENTLY);
    assertAccessible("study");
    open(study + "/audit");
    assertThat(page.locator("audit-log tbody")).containsText("study.stop");
    assertAccessible("audit log");
    if (twoObjectives) {
      open(study + "/pareto");
      assertThat(page.locator("chart-view canvas")).hasCount(2);
      assertAccessible("Pareto front");
    }
    open("studies?tag=tour");
    assertThat(page.locator("studies-page tbody")).containsText(name);
    timeline(study);
    confirm(study);
    promote();
    predict();
    assertThat(visitor.complaints()).isEmpty();
  }

  /** Lanes are replicas of the model service, or of the tuner if that is asked for. */
  private void timeline(String study) {
    open(study + "/timeline");
    Locator lanes = page.locator("select[name=only] option");
    assertThat(lanes).hasCount(2);
    String replica = lanes.nth(1).innerText();
    assertThat(page.locator("chart-view [role=img][aria-label*='" + replica + "']")).isVisible();
    page.locator("select[name=only]").selectOption(replica);
    page.locator("select[name=by]").selectOption("worker");
    assertThat(lanes.nth(1)).containsText("tuner");
    assertAccessible("timeline");
  }

  /** The best trial on two fresh seeds, followed to their end and opened. */
  private void confirm(String study) {
    open(study);
    Locator form = page.locator("confirm-winners");
    form.locator("summary").click();
    form.locator("input[name=winners]").fill("1");
    form.locator("input[name=seeds]").fill("2");
    assertAccessible("confirmation");
    form.locator("form button").click();
    Locator winner = page.locator("table.confirmations tbody tr").first();
    assertThat(winner.locator("td.open")).hasText("0", PATIENTLY_TEXT);
    winner.locator("a").click();
  }

  private void promote() {
    Locator form = page.locator("trial-page details.card");
    form.locator("summary").click();
    form.locator("input[name=reason]").fill("the tour");
    form.locator("input[name=force]").check();
    form.getByRole(AriaRole.BUTTON).click();
    // Nothing happens before it is said again.
    assertThat(page.locator("dialog[open]")).containsText("champion");
    assertAccessible("promotion");
    button(words.yes()).click();
    assertThat(
            page.locator("trial-page p[role=status]")
                .filter(
                    new Locator.FilterOptions()
                        .setHasText(Pattern.compile("models/wage/versions/\\d+"))))
        .isVisible(PATIENTLY);
    String version = page.locator("trial-page p[role=status]").innerText();
    open("models/wage/" + version.replaceAll("(?s).*versions/(\\d+).*", "$1"));
  }

  private void predict() {
    Locator form = page.locator("predict-form");
    form.locator("summary").click();
    assertThat(form.locator("tbody tr th").first()).isVisible();
    assertThat(form.locator("input[name^='wage ']")).hasCount(3);
    form.locator("form button").first().click();
    assertThat(form.locator(".prediction")).containsText(words.unit());
    assertAccessible("prediction");
  }

  /** The tour has pointed the champion at two versions, one after the other. */
  private void rollBack() {
    open("models");
    Locator back =
        page.locator("models-page section:has(h2:text-is('wage')) p button:not([disabled])")
            .first();
    back.click();
    assertThat(page.locator("dialog[open]")).containsText("champion");
    button(words.yes()).click();
    assertThat(page.locator("models-page > p[role=status]")).containsText("models/wage/versions/");
    assertThat(visitor.complaints()).isEmpty();
  }

  private void assertFitsATelephone() {
    visitor.resize(TELEPHONE_WIDTH, TELEPHONE_HEIGHT);
    assertThat(visitor.overflow()).as("%s on a telephone", page.url()).isEmpty();
    visitor.resize(WIDTH, HEIGHT);
  }

  private void open(String hash) {
    page.navigate(address + "#/" + hash);
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void assertAccessible(String where) {
    assertThat(visitor.barriers())
        .as("accessibility of " + where + ", " + words.locale())
        .isEmpty();
  }
}
