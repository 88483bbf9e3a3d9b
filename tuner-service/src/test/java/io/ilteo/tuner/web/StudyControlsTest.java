package io.ilteo.tuner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.ilteo.tuner.ServerTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a person does to a study that lives: with a mouse, without one, and without a server. */
@QuarkusTest
@Tag("quarkus")
@QuarkusTestResource(ServerTest.Surroundings.class)
class StudyControlsTest extends DashboardVisit {
  private static final int ENDLESS = 100_000;
  private static final int MOST_TABS = 60;
  private static final Pattern PROGRESS = Pattern.compile("(\\d+) of (\\d+) finished");

  @Test
  void operatorActsInKorean() {
    Page page = visit("ko-KR", ColorScheme.LIGHT);
    String study = create(page, "한국어 연구", ENDLESS, "만들고 시작");
    assertThat(page.locator("html")).hasAttribute("lang", "ko");
    button(page, "일시 정지").click();
    assertThat(page.locator(".tile strong.paused")).hasText("일시 정지");
    page.navigate(url(study + "/trials"));
    page.getByText("구성 대기열에 넣기").first().click();
    page.locator("enqueue-form input[name=x1]").fill("1.5");
    page.locator("enqueue-form input[name=x2]").fill("999");
    button(page, "구성 대기열에 넣기").click();
    assertThat(page.locator("enqueue-form [role=alert]")).containsText("999");
    page.locator("enqueue-form input[name=x2]").fill("2.5");
    button(page, "구성 대기열에 넣기").click();
    assertThat(page.locator("enqueue-form [role=status]")).containsText("대기열에 넣었습니다");
    page.navigate(url(study + "/notes"));
    button(page, "고치기").click();
    page.locator("textarea[name=notes]").fill("**굵게** <img src=x onerror=alert(1)>");
    button(page, "저장").click();
    assertThat(page.locator(".notes strong")).hasText("굵게");
    assertThat(page.locator(".notes img[onerror]")).hasCount(0);
    button(page, "재개").click();
    assertThat(page.locator(".tile strong.running")).isVisible();
    button(page, "중지").click();
    assertThat(page.locator("dialog[open]")).containsText("이 연구를 중지할까요?");
    button(page, "예, 실행").press("Enter");
    assertThat(page.locator(".tile strong.stopped")).hasText("중지됨");
    page.navigate(url(study + "/audit"));
    assertThat(page.locator("audit-log tbody")).containsText("study.stop");
    assertAccessible("audit");
    // Of the note's script, which the sanitiser's own document was not let run either.
    assertThat(visitor().complaints())
        .allMatch(complaint -> complaint.startsWith("Executing inline event handler violates"));
  }

  @Test
  void liveStudyTakesAConfigurationAndAnotherBudget() {
    Page page = visit("en-GB", ColorScheme.DARK);
    String study = create(page, "Changed", ENDLESS, "Create");
    assertThat(page.locator(".tile strong.draft")).isVisible();
    button(page, "Start").click();
    // Pushed by the server: something has ended, and it goes on.
    page.waitForCondition(() -> finished(page) > 2);
    Page list = visit("en-GB", ColorScheme.DARK);
    list.navigate(url("studies?q=Changed"));
    assertThat(list.locator("studies-page tbody tr")).containsText("left");
    String first = list.locator("studies-page tbody").innerText();
    list.waitForCondition(() -> !list.locator("studies-page tbody").innerText().equals(first));
    button(page, "Pause").click();
    assertThat(page.locator(".tile strong.paused")).isVisible();
    assertThat(page.locator(".tiles")).containsText("0 running");

    page.navigate(url(study + "/trials"));
    page.locator("enqueue-form summary").click();
    page.locator("enqueue-form input[name=x1]").fill("1.25");
    page.locator("enqueue-form input[name=x2]").fill("2.5");
    button(page, "Enqueue a configuration").click();
    Locator said = page.locator("enqueue-form [role=status]");
    assertThat(said).containsText("Enqueued as trial");
    String number = said.innerText().replaceAll("\\D+", "");
    int wanted = finished(page) + 4;
    budget(page, study, "0");
    assertThat(page.locator("study-settings form input:invalid")).hasCount(1);
    budget(page, study, "1");
    assertThat(page.locator("study-settings [role=alert]")).containsText("budget");
    budget(page, study, Integer.toString(wanted));
    assertThat(page.locator(".tiles")).containsText("of %d finished".formatted(wanted));
    button(page, "Resume").click();
    assertThat(page.locator(".tile strong.completed")).hasText("completed", PATIENTLY);
    assertThat(page.locator(".tiles")).containsText("%1$d of %1$d finished".formatted(wanted));
    page.navigate(url(study + "/trials/" + number));
    Locator parameters = page.locator("trial-page table").first();
    assertThat(parameters).containsText("1.25");
    assertThat(parameters).containsText("2.5");
    assertThat(page.locator("trial-page .state").first()).not().hasText("waiting");
    page.navigate(url(study + "/audit"));
    assertThat(page.locator("audit-log tbody")).containsText("study.update");
    assertThat(visitor().complaints()).isEmpty();
  }

  private static int finished(Page page) {
    Matcher progress = PROGRESS.matcher(page.locator(".tiles").innerText());
    return progress.find() ? Integer.parseInt(progress.group(1)) : 0;
  }

  private void budget(Page page, String study, String trials) {
    page.navigate(url(study + "/settings"));
    page.locator("study-settings input[name=budget]").fill(trials);
    button(page, "Save").click();
  }

  @Test
  void keyboardAloneCreatesAndStops() {
    Page page = visit("en-GB", ColorScheme.LIGHT);
    page.navigate(url("studies"));
    assertThat(page.locator("h1")).hasText("Studies");
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("main")).isFocused();
    tabTo(page, page.locator("a.button"));
    page.keyboard().press("Enter");
    assertThat(page.locator("input[name=name]")).isVisible();
    tabTo(page, page.locator("input[name=name]"));
    page.keyboard().press("Control+A");
    page.keyboard().type("By keyboard");
    tabTo(page, page.locator("input[name=budget]"));
    page.keyboard().type(Integer.toString(ENDLESS));
    tabTo(page, button(page, "Create and start"));
    page.keyboard().press("Enter");
    created(page, "By keyboard");
    Locator stop = button(page, "Stop");
    assertThat(stop).isVisible();
    tabTo(page, stop);
    page.keyboard().press("Enter");
    Locator dialog = page.locator("dialog[open]");
    assertThat(dialog).isVisible();
    // Nothing behind it is in reach, and leaving it by Escape changes nothing.
    for (int i = 0; i < 4; i++) {
      assertThat(page.locator("header :focus, study-page > :not(confirm-dialog) :focus"))
          .hasCount(0);
      page.keyboard().press("Shift+Tab");
      page.keyboard().press("Tab");
    }
    page.keyboard().press("Escape");
    assertThat(dialog).hasCount(0);
    assertThat(stop).isFocused();
    assertThat(page.locator(".tile strong.running")).isVisible();
    page.keyboard().press("Enter");
    tabTo(page, button(page, "Yes, do it"));
    page.keyboard().press("Enter");
    assertThat(page.locator(".tile strong.stopped")).isVisible();
    // The button that was pressed is gone; who presses Tab goes on here, not from the top.
    assertThat(page.locator("study-page h1")).isFocused();
    tabTo(page, page.locator("nav.tabs a").filter(named("Notes")));
    page.keyboard().press("Enter");
    assertThat(button(page, "Edit")).isVisible();
    assertThat(visitor().complaints()).isEmpty();
  }

  private static Locator.FilterOptions named(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  /** Presses Tab until something has the focus; whatever has it on the way shows it. */
  private static void tabTo(Page page, Locator wanted) {
    for (int i = 0; i < MOST_TABS; i++) {
      if (wanted.count() == 1
          && Boolean.TRUE.equals(wanted.evaluate("e => e === document.activeElement"))) {
        return;
      }
      page.keyboard().press("Tab");
      assertThat(
              page.evaluate(
                  """
                  () => {
                    const e = document.activeElement;
                    return e === document.body || getComputedStyle(e).outlineStyle !== 'none'
                      ? '' : e.outerHTML;
                  }
                  """))
          .as("something that has the focus and does not show it")
          .isEqualTo("");
    }
    throw new AssertionError("not reached by Tab: " + wanted);
  }

  @Test
  void pageLearnsWhatHappenedWhileTheServerWasAway() throws IOException {
    try (CuttableWire wire = new CuttableWire(port)) {
      Page page = visit("en-GB", ColorScheme.LIGHT);
      String study = create(page, "Away", ENDLESS, "Create");
      page.navigate("http://127.0.0.1:%d/#/%s".formatted(wire.port(), study));
      assertThat(page.locator(".tile strong.draft")).isVisible();
      wire.cut();
      assertThat(page.locator(".tiles")).containsText("Connection lost; trying again");
      call(page, "ilteo.tuner.v1.StudyService/StartStudy", "{\"name\":\"%s\"}".formatted(study));
      call(page, "ilteo.tuner.v1.StudyService/PauseStudy", "{\"name\":\"%s\"}".formatted(study));
      wire.mend();
      assertThat(page.locator(".tile strong.paused")).isVisible();
      assertThat(page.locator(".tiles")).not().containsText("Connection lost");
      // A proxy before the server answers for it meanwhile: a browser gives such a stream up.
      page.route(
          "**/events",
          route -> route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("away")));
      wire.cut();
      wire.mend();
      page.waitForResponse(answer -> answer.status() == 503, () -> {});
      call(page, "ilteo.tuner.v1.StudyService/StopStudy", "{\"name\":\"%s\"}".formatted(study));
      page.unroute("**/events");
      assertThat(page.locator(".tile strong.stopped")).isVisible();
      assertThat(visitor().complaints()).isEmpty();
    }
  }
}
