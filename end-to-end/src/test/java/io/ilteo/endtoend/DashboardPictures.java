package io.ilteo.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.ilteo.testkit.browser.HeadlessChromium;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of the guides from a dashboard that serves what {@code ./ilteo run} left; no
 * test, so it runs only where it is named. docs/guide/dashboard.en.md has the command.
 */
class DashboardPictures {
  private static final String ADDRESS =
      System.getProperty("ilteo.dashboard", "http://127.0.0.1:8080/");
  private static final Path FOLDER =
      Path.of(System.getProperty("ilteo.root", ".."), "docs", "pictures");
  private static final int WIDTH = 1200;
  private static final int NARROW = 720;
  private static final int TELEPHONE_WIDTH = 390;
  private static final int TELEPHONE_HEIGHT = 1180;

  @Test
  void takeAll() {
    try (HeadlessChromium chromium = HeadlessChromium.launch().orElseThrow()) {
      Page english = chromium.visitor("en-GB", ColorScheme.LIGHT).page();
      studies(english, "studies.png");
      study(english, "· wage", "", 1050, "study.png");
      trial(english, "· wage", "trial.png");
      model(english, "wage/3", "model.png");
      evaluation(english, "evaluation.png");
      report(english, "en", "report.png");
      telephone(english, "telephone.png");
      Page dark = chromium.visitor("en-GB", ColorScheme.DARK).page();
      study(dark, "one joint model", "/parallel?brush=rmse:..80", 1250, "parallel.png");
      study(dark, "one joint model", "/pareto", 1150, "pareto.png");
      panel(dark, "panel.png");
      Page korean = chromium.visitor("ko-KR", ColorScheme.LIGHT).page();
      studies(korean, "studies.ko.png");
      study(korean, "· satisfaction", "", 1050, "study.ko.png");
      report(korean, "ko", "report.ko.png");
      Page night = chromium.visitor("ko-KR", ColorScheme.DARK).page();
      model(night, "satisfaction/1", "model.ko.png");
      evaluation(night, "evaluation.ko.png");
    }
  }

  private static void studies(Page page, String file) {
    open(page, "studies?q=synthetic");
    assertThat(page.locator("studies-page .spark").first()).isVisible();
    take(page, 620, file);
  }

  private static void study(Page page, String name, String tab, int height, String file) {
    enter(page, name);
    String study = page.url().replaceAll(".*#/(studies/\\d+).*", "$1");
    open(page, study + tab);
    assertThat(page.locator("study-charts chart-view .plot[data-drawn]").first()).isVisible();
    take(page, height, file);
  }

  private static void trial(Page page, String study, String file) {
    enter(page, study);
    page.locator(".tile a[href*='/trials/']").click();
    assertThat(page.locator("trial-page chart-view .plot[data-drawn]").first()).isVisible();
    take(page, 1150, file);
  }

  private static void model(Page page, String version, String file) {
    open(page, "models/" + version);
    assertThat(page.locator("model-evaluation chart-view .plot[data-drawn]").nth(2)).isVisible();
    take(page, 760, file);
  }

  /** The pictures of the errors of the model on the page. */
  private static void evaluation(Page page, String file) {
    page.locator("model-evaluation .charts")
        .screenshot(new Locator.ScreenshotOptions().setPath(FOLDER.resolve(file)));
  }

  private static void panel(Page page, String file) {
    open(page, "panels");
    page.locator("panels-page tbody a")
        .filter(new Locator.FilterOptions().setHasText("synthetic"))
        .first()
        .click();
    assertThat(page.locator("panels-page chart-view .plot[data-drawn]").nth(1)).isVisible();
    take(page, 1000, file);
  }

  /** The report of the run's four studies, where it compares the models. */
  private static void report(Page page, String language, String file) {
    String html =
        page.request().get(ADDRESS + "api/report?studies=1,2,3,4&language=" + language).text();
    // Not within the dashboard, whose policy forbids the styles of a file that stands alone.
    page.navigate("about:blank");
    page.setContent(html);
    take(page, 1150, file);
  }

  private static void telephone(Page page, String file) {
    enter(page, "· wage");
    String study = page.url().replaceAll(".*#/(studies/\\d+).*", "$1");
    open(page, study);
    assertThat(page.locator("study-charts chart-view .plot[data-drawn]").first()).isVisible();
    take(page, TELEPHONE_HEIGHT, file);
  }

  private static void enter(Page page, String name) {
    open(page, "studies");
    page.locator("studies-page tbody th a[href*='studies/']")
        .filter(new Locator.FilterOptions().setHasText(Pattern.compile(name + "$")))
        .first()
        .click();
    assertThat(page.locator("study-page h1")).isVisible();
  }

  private static void open(Page page, String hash) {
    page.navigate("about:blank");
    page.navigate(ADDRESS + "#/" + hash);
  }

  private static void take(Page page, int height, String file) {
    // Many thin lines are many bytes.
    page.setViewportSize(
        file.startsWith("telephone")
            ? TELEPHONE_WIDTH
            : file.startsWith("parallel") ? NARROW : WIDTH,
        height);
    // Charts have taken their new size and are drawn to the end.
    page.evaluate(
        "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(file)));
  }
}
