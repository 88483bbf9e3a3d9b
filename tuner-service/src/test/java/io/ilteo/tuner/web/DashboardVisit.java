package io.ilteo.tuner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import io.ilteo.testkit.browser.HeadlessChromium;
import io.ilteo.testkit.browser.Visitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A visit to the dashboard of the whole server in a real browser. Nothing is visited where the
 * machine has none.
 */
abstract class DashboardVisit {
  /** The views of a study that has one objective. */
  static final List<String> TABS =
      List.of(
          "overview",
          "trials",
          "parallel",
          "slice",
          "contour",
          "curves",
          "edf",
          "timeline",
          "notes",
          "audit",
          "settings");

  /** Trials of {@link #ended}: more than a page of the table shows. */
  static final int BUDGET = 60;

  static final LocatorAssertions.HasTextOptions PATIENTLY =
      new LocatorAssertions.HasTextOptions().setTimeout(60_000);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static @Nullable HeadlessChromium chromium;
  private static @Nullable Ended ended;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  private final List<Visitor> visitors = new ArrayList<>();

  /** The address of a study that has ended, and the port of the server that has it. */
  private record Ended(int port, String study) {}

  @BeforeAll
  static void launch() {
    chromium = HeadlessChromium.launch().orElse(null);
  }

  @BeforeEach
  void skipWithoutChromium() {
    assumeTrue(chromium != null, "no Chromium here: browser tests are skipped");
  }

  @AfterEach
  void leave() {
    visitors.forEach(Visitor::close);
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
  }

  Page visit(String locale, ColorScheme colours) {
    visitors.add(Objects.requireNonNull(chromium).visitor(locale, colours));
    return visitor().page();
  }

  /** Who came last. */
  Visitor visitor() {
    return visitors.getLast();
  }

  String url(String hash) {
    return "http://127.0.0.1:" + port + "/#/" + hash;
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Creates a study by the form; returns its address within the dashboard. */
  String create(Page page, String name, int budget, String submit) {
    page.navigate(url("new"));
    page.locator("input[name=name]").fill(name);
    page.locator("input[name=budget]").fill(Integer.toString(budget));
    button(page, submit).click();
    return created(page, name);
  }

  /** Waits for the page of a study that was just created. */
  static String created(Page page, String name) {
    page.waitForURL(Pattern.compile(".*#/studies/\\d+.*"));
    assertThat(page.locator("h1")).hasText(name);
    return page.url().replaceAll(".*#/(studies/\\d+).*", "$1");
  }

  /** A study that has ended with completed and pruned trials; one for all tests of a server. */
  String ended(Page page) {
    if (ended == null || ended.port() != port) {
      String study =
          call(
                  page,
                  "ilteo.tuner.v1.StudyService/CreateStudy",
                  """
                  {"displayName": "Ended", "start": true, "tags": ["ended"],
                   "spec": {"task": "simulated", "budget": %d, "parallelism": 4, "seed": 1,
                            "pruner": {"name": "median"}}}
                  """
                      .formatted(BUDGET))
              .path("study")
              .path("name")
              .asText();
      page.navigate(url(study));
      // In whatever language the visitor reads it.
      assertThat(page.locator(".tile strong.completed"))
          .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
      ended = new Ended(port, study);
    }
    return ended.study();
  }

  /** What a method of the contracts answers, past the pages. */
  JsonNode call(Page page, String method, String request) {
    APIResponse answer =
        page.request()
            .post(
                "http://127.0.0.1:" + port + "/api/call/" + method,
                RequestOptions.create()
                    .setHeader("Content-Type", "application/json")
                    .setData(request));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return json(answer.text());
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException failure) {
      throw new IllegalArgumentException("no JSON: " + text, failure);
    }
  }

  void assertAccessible(String where) {
    assertThat(visitor().barriers()).as("accessibility of " + where).isEmpty();
  }
}
