package io.ilteo.tuner.web;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium of the machine's own; what its console complains of is kept. */
final class Browser implements AutoCloseable {
  private static final double ASSERTION_MILLIS = 30_000;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  final List<String> complaints = new ArrayList<>();

  Browser(Path executable) {
    // What takes a page a moment may take one on a busy machine much longer.
    PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of(
                            "--no-sandbox", "--disable-gpu", "--disable-background-networking")));
  }

  /** Where Chromium is, if it is. */
  static Optional<Path> executable() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A page of a fresh profile in a language. */
  Page page(String locale, boolean dark) {
    Page page =
        chromium
            .newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
                    .setLocale(locale)
                    .setViewportSize(1360, 900)
                    .setColorScheme(
                        dark
                            ? com.microsoft.playwright.options.ColorScheme.DARK
                            : com.microsoft.playwright.options.ColorScheme.LIGHT))
            .newPage();
    page.setDefaultTimeout(30_000);
    page.onConsoleMessage(
        message -> {
          // A refused call is shown on the page and tested there.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    return page;
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
