package io.ilteo.endtoend;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own Chromium, without a window. */
final class HeadlessChromium implements AutoCloseable {
  private static final double ASSERTION_MILLIS = 30_000;

  private final Playwright playwright;
  private final Browser browser;

  private HeadlessChromium(Path executable) {
    // What takes a page a moment may take one on a busy machine much longer.
    PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of(
                            "--no-sandbox", "--disable-gpu", "--disable-background-networking")));
  }

  /** Empty where the machine has none. */
  static Optional<HeadlessChromium> launch() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .map(HeadlessChromium::new);
  }

  /** A page of a fresh profile. */
  Page page(String locale, ColorScheme colours) {
    return browser
        .newContext(
            new Browser.NewContextOptions()
                .setLocale(locale)
                .setColorScheme(colours)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(1360, 900))
        .newPage();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
