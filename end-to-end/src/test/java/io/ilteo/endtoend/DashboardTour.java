package io.ilteo.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a person does in the dashboard of a platform on which {@code ./ilteo run} has ended: imports
 * a survey, looks at panels and models, creates a study on real networks, watches it live, stops
 * it, promotes a trial and asks it for a prediction. No page has a fault that axe calls serious.
 */
final class DashboardTour {
  private static final int EXCERPT_ROWS = 300;
  private static final double PATIENCE_MILLIS = 180_000;
  private static final LocatorAssertions.IsVisibleOptions PATIENTLY =
      new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);

  private static final LocatorAssertions.HasTextOptions PATIENTLY_TEXT =
      new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS);

  private final Page page;
  private final String address;
  private final Path survey;
  private final Path excerpt;
  private final Words words;
  private final List<String> complaints = new ArrayList<>();

  /** What the buttons are called. */
  private record Words(
      String locale, String start, String stop, String yes, String promote, String predict) {
    static final Words ENGLISH =
        new Words("en-GB", "Create and start", "Stop", "Yes, do it", "Promote", "Try a prediction");
    static final Words KOREAN = new Words("ko-KR", "만들고 시작", "중지", "예, 실행", "승격", "예측해 보기");
  }

  private DashboardTour(
      Browser browser,
      String address,
      Path survey,
      Path excerpt,
      Words words,
      ColorScheme colours) {
    this.address = address;
    this.survey = survey;
    this.excerpt = excerpt;
    this.words = words;
    this.page =
        browser
            .newContext(
                new Browser.NewContextOptions()
                    .setLocale(words.locale())
                    .setColorScheme(colours)
                    .setViewportSize(1360, 900))
            .newPage();
    page.setDefaultTimeout(PATIENCE_MILLIS / 3);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  /** English by day, Korean by night; nothing where the machine has no Chromium. */
  static void ofBothLanguages(String address, Path survey) throws IOException {
    Optional<Path> chromium =
        Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (chromium.isEmpty()) {
      System.out.println("no Chromium here: the dashboard is not toured");
      return;
    }
    Path excerpt = survey.resolveSibling("excerpt.csv");
    Files.write(excerpt, Files.readAllLines(survey).subList(0, 1 + EXCERPT_ROWS));
    Playwright.CreateOptions offline =
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    try (Playwright playwright = Playwright.create(offline);
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(
                            List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-background-networking")))) {
      DashboardTour english =
          new DashboardTour(browser, address, survey, excerpt, Words.ENGLISH, ColorScheme.LIGHT);
      english.panels("300 person-years of");
      english.evaluatedModel();
      english.studyToPrediction("Toured", false);
      DashboardTour korean =
          new DashboardTour(browser, address, survey, excerpt, Words.KOREAN, ColorScheme.DARK);
      korean.panels("이미 있습니다");
      korean.evaluatedModel();
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
    assertThat(page.locator("panels-page chart-view canvas").first()).isVisible();
    assertThat(page.locator("panels-page")).containsText("klips-long");
    assertAccessible("panel");
  }

  /** The wage network that the run's winner became: every picture of its errors is there. */
  private void evaluatedModel() {
    open("models");
    assertThat(page.locator("models-page section")).hasCount(2);
    assertAccessible("models");
    open("models/wage/3");
    assertThat(page.locator(".lineage a[href*='panels/']")).isVisible();
    assertThat(page.locator("model-evaluation chart-view canvas")).hasCount(3);
    assertAccessible("wage model");
    open("models/satisfaction/1");
    // Confusion matrix, reliability curve, figures by group.
    assertThat(page.locator("model-evaluation chart-view canvas")).hasCount(3);
    assertAccessible("satisfaction model");
  }

  private void studyToPrediction(String name, boolean twoObjectives) {
    open("new");
    page.locator("select[name=task]").selectOption("wage");
    // The newest panel, the excerpt, stands first and has too few persons to learn from.
    Locator whole =
        page.locator("select[name=panel] option")
            .filter(new Locator.FilterOptions().setHasText(survey.getFileName().toString()));
    page.locator("select[name=panel]").selectOption(whole.first().getAttribute("value"));
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
    assertThat(complaints).isEmpty();
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
    assertThat(page.locator("dialog[open]")).isVisible();
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
    assertThat(form.locator(".prediction")).containsText("만원");
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
    assertThat(complaints).isEmpty();
  }

  private void open(String hash) {
    page.navigate(address + "#/" + hash);
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void assertAccessible(String where) {
    List<String> serious =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .map(
                    rule ->
                        rule.getId()
                            + ": "
                            + rule.getHelp()
                            + " at "
                            + rule.getNodes().getFirst().getHtml())
                .toList();
    assertThat(serious).as("accessibility of " + where + ", " + words.locale()).isEmpty();
  }
}
