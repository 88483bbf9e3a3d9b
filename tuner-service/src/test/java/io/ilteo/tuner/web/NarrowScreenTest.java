package io.ilteo.tuner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.ilteo.tuner.ServerTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The dashboard on a telephone. */
@QuarkusTest
@Tag("quarkus")
@QuarkusTestResource(ServerTest.Surroundings.class)
class NarrowScreenTest extends DashboardVisit {
  private static final int HEIGHT = 740;

  @Test
  void noPageIsWiderThanATelephone() {
    Page page = visit("en-GB", ColorScheme.LIGHT);
    String study = ended(page);
    // What each page has once it is there.
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("studies", "studies-page tbody tr");
    pages.put("new", "input[name='x1 min']");
    TABS.forEach(tab -> pages.put(study + "/" + tab, "nav.tabs a[aria-current=page]"));
    pages.put(study + "/trials/1", "trial-page canvas");
    pages.put(study + "/compare?trials=1,2,3", "compare-page canvas");
    pages.put("models", "models-page section");
    pages.put("panels", "panels-page section");
    assertFit(page, 360, pages);
  }

  /** Other words, and the colours of the night, where most is to be read. */
  @Test
  void telephoneReadsWellByNightInKorean() {
    Page page = visit("ko-KR", ColorScheme.DARK);
    String study = ended(page);
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("new", "input[name='x1 min']");
    pages.put(study, "chart-view canvas");
    pages.put("studies?tag=ended", "studies-page tbody tr");
    assertFit(page, 400, pages);
    // The best value stands in sight, not somewhere to the right.
    assertThat(page.locator("studies-page tbody td strong").first()).isInViewport();
    assertAccessible("studies");
    page.navigate(url(study));
    assertThat(page.locator("chart-view canvas").first()).isVisible();
    assertAccessible("study");
  }

  private void assertFit(Page page, int width, Map<String, String> pages) {
    visitor().resize(width, HEIGHT);
    pages.forEach(
        (hash, wanted) -> {
          page.navigate(url(hash));
          assertThat(page.locator(wanted).first()).isVisible();
          if (page.locator("study-charts").count() == 1) {
            assertThat(page.locator("chart-view .plot[data-drawn]").first()).isVisible();
          }
          page.evaluate(
              "() => document.querySelectorAll('main details').forEach(d => d.open = true)");
          assertThat(visitor().overflow()).as("%s, %d pixels wide", hash, width).isEmpty();
        });
    assertThat(visitor().complaints()).isEmpty();
  }
}
