package io.ilteo.tuner.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.ilteo.tuner.ServerTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of a study's trials, what is taken away of it, and the page of a trial. */
@QuarkusTest
@Tag("quarkus")
@QuarkusTestResource(ServerTest.Surroundings.class)
class TrialsPageTest extends DashboardVisit {
  private static final int PAGE = 50;
  private static final int MOST_COMPARED = 6;

  @Inject DataSource dataSource;

  /** A trial as the database has it: number, state, objective, parameters. */
  private record Row(int number, String state, String loss, double x1, double x2) {}

  private List<Row> rows(String study) throws SQLException {
    String sql =
        """
        SELECT number, state, objectives[1], parameters -> 'x1' ->> 'double',
               parameters -> 'x2' ->> 'double' FROM trial WHERE study_id = %s ORDER BY number
        """
            .formatted(study.substring(study.indexOf('/') + 1));
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<Row> rows = new ArrayList<>();
      while (found.next()) {
        Object loss = found.getObject(3);
        rows.add(
            new Row(
                found.getInt(1),
                found.getString(2),
                loss == null ? "" : loss.toString(),
                found.getDouble(4),
                found.getDouble(5)));
      }
      return rows;
    }
  }

  @Test
  void filesHoldTheRowsOfTheDatabase() throws Exception {
    Page page = visit("en-GB", ColorScheme.LIGHT);
    String study = ended(page);
    List<Row> rows = rows(study);
    assertThat(rows).hasSize(BUDGET).extracting(Row::state).contains("COMPLETED", "PRUNED");
    page.navigate(url(study + "/trials"));
    List<String> csv = takenAway(page, "CSV");
    assertThat(csv.getFirst()).isEqualTo("number,state,loss,start_time,end_time,x1,x2");
    assertThat(csv.subList(1, csv.size()))
        .map(
            line -> {
              String[] cells = line.split(",", -1);
              return new Row(
                  Integer.parseInt(cells[0]),
                  cells[1],
                  cells[2],
                  Double.parseDouble(cells[5]),
                  Double.parseDouble(cells[6]));
            })
        .isEqualTo(rows);
    assertThat(takenAway(page, "JSON")).map(line -> row(json(line))).isEqualTo(rows);
    assertThat(String.join("\n", takenAway(page, "Python"))).contains("/trials.csv");
    assertThat(visitor().complaints()).isEmpty();
  }

  private static Row row(JsonNode trial) {
    JsonNode objective = trial.path("objectives").path(0);
    return new Row(
        Integer.parseInt(trial.path("name").asText().replaceAll(".*/", "")),
        trial.path("state").asText().replace("TRIAL_STATE_", ""),
        objective.isMissingNode() ? "" : Double.toString(objective.asDouble()),
        trial.at("/parameters/0/value/doubleValue").asDouble(),
        trial.at("/parameters/1/value/doubleValue").asDouble());
  }

  private static List<String> takenAway(Page page, String link) throws IOException {
    Locator named =
        page.locator(".exports")
            .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link).setExact(true));
    Download file = page.waitForDownload(named::click);
    try (InputStream in = file.createReadStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void serverPagesSortsAndFiltersTheTable() throws Exception {
    Page page = visit("en-GB", ColorScheme.DARK);
    String study = ended(page);
    List<Row> rows = rows(study);
    page.navigate(url(study + "/trials"));
    // The newest first.
    assertThat(page.locator("tbody tr")).hasCount(PAGE);
    assertThat(numbers(page))
        .isEqualTo(IntStream.range(0, PAGE).map(i -> BUDGET - i).boxed().toList());
    button(page, "Next").click();
    assertThat(page.locator("tbody tr")).hasCount(BUDGET - PAGE);
    assertThat(numbers(page).getLast()).isEqualTo(1);
    button(page, "Previous").click();
    assertThat(page.locator("tbody tr")).hasCount(PAGE);
    // By keyboard; the head says at once what was asked for, the rows come with the answer.
    button(page, "x1").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator("th[aria-sort=ascending]")).hasText("x1");
    List<Integer> rising =
        rows.stream()
            .sorted(java.util.Comparator.comparingDouble(Row::x1))
            .map(Row::number)
            .toList();
    page.waitForCondition(() -> numbers(page).equals(rising.subList(0, PAGE)));
    assertThat(button(page, "x1")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("th[aria-sort=descending]")).hasText("x1");
    page.waitForCondition(() -> numbers(page).equals(rising.reversed().subList(0, PAGE)));
    List<Integer> pruned =
        rows.stream().filter(row -> row.state().equals("PRUNED")).map(Row::number).toList();
    page.locator("trials-table select").selectOption("pruned");
    assertThat(page.locator("trials-table .pages")).containsText(pruned.size() + " trials");
    page.waitForCondition(() -> numbers(page).stream().sorted().toList().equals(pruned));
    assertThat(visitor().complaints()).isEmpty();
  }

  private static List<Integer> numbers(Page page) {
    return page.locator("trials-table tbody th").allInnerTexts().stream()
        .map(Integer::valueOf)
        .toList();
  }

  @Test
  void sixTrialsAreComparedAndOneIsOpened() {
    Page page = visit("en-GB", ColorScheme.DARK);
    String study = ended(page);
    page.navigate(url(study + "/trials?state=completed"));
    assertThat(page.locator("trials-table")).containsText("Pick 2 to 6");
    Locator boxes = page.locator("tbody input[type=checkbox]");
    for (int i = 0; i < MOST_COMPARED; i++) {
      boxes.nth(i).check();
    }
    page.locator("a.button").click();
    // Theirs beside what they are compared in.
    assertThat(page.locator("compare-page thead th")).hasCount(1 + MOST_COMPARED);
    assertThat(page.locator("compare-page canvas").first()).isVisible();
    assertAccessible("compare");
    page.locator("compare-page thead a").first().click();
    assertThat(page.locator("trial-page h1")).containsText("Trial");
    assertThat(page.locator("trial-page canvas").first()).isVisible();
    // A page that is left takes the focus of its link along; the next one has it.
    assertThat(page.locator("main")).isFocused();
    assertAccessible("trial");
    assertThat(visitor().complaints()).isEmpty();
  }

  @Test
  void trialTellsHowItWasPrunedAndWhatItsAttemptsLeft() throws Exception {
    Page page = visit("en-GB", ColorScheme.LIGHT);
    String study = ended(page);
    Row pruned =
        rows(study).stream().filter(row -> row.state().equals("PRUNED")).toList().getLast();
    JsonNode trial =
        call(
                page,
                "ilteo.tuner.v1.TrialService/GetTrial",
                "{\"name\":\"%s/trials/%d\"}".formatted(study, pruned.number()))
            .path("trial");
    page.navigate(url(study + "/trials/" + pruned.number()));
    assertThat(page.locator("trial-page .state").first()).hasText("pruned");
    JsonNode decision = trial.path("pruningDecision");
    assertThat(page.locator("trial-page"))
        .containsText("Rule median at epoch " + decision.path("step").asText());
    List<String> compared =
        decision.path("comparisonSet").valueStream().map(JsonNode::asText).toList();
    assertThat(compared).isNotEmpty();
    assertThat(
            page.locator("section a[href*='/trials/']").all().stream()
                .map(link -> link.getAttribute("href").replace("#/", ""))
                .collect(Collectors.toList()))
        .isEqualTo(compared);
    assertThat(page.locator("trial-page")).containsText("checkpoints/epoch-");
    JsonNode attempt = trial.path("attempts").path(0);
    assertThat(page.locator("trial-page table tbody").filter(holding("simulated-0:9001")))
        .containsText(attempt.path("reason").asText());
    // Its curve ends where it was pruned.
    page.locator("chart-view summary").first().click();
    assertThat(page.locator("chart-view tbody tr")).hasCount(decision.path("step").asInt());
    assertThat(visitor().complaints()).isEmpty();
  }

  private static Locator.FilterOptions holding(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
