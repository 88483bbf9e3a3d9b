package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.ilteo.proto.model.v1.Evaluation;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds what an English Markdown report says against what is in the database. */
final class ReportNumbers {
  private static final Pattern TEST_FOLD = Pattern.compile("(\\d+) of (\\d+) for the test");
  private static final Pattern BUSY = Pattern.compile("busy for ([0-9.]+) (s|min) in ");

  private final Installation ilteo;
  private final String report;

  /**
   * A report to be held against an installation's database.
   *
   * @param report without the backslashes of Markdown
   */
  ReportNumbers(Installation ilteo, String report) {
    this.ilteo = ilteo;
    this.report = report;
  }

  /** One study, as {@code ilteo run --json} ends with it. */
  void assertTheDatabasesOf(JsonNode study) throws IOException, SQLException {
    String[] trial = study.path("best_trial").asText().split("/", -1);
    String[] version = study.path("test").path("model_version").asText().split("/", -1);
    long id = Long.parseLong(trial[1]);
    String section = section(study.path("title").asText());
    assertWinner(section, id, trial[3]);
    assertThatTheFoldHoldsWhatWasRead(section, assertReadingOfTheTestFold(version[1], version[3]));
    assertCost(section, id);
    if (study.path("completed").asInt() > 1) {
      assertChoices(section, id);
    }
    assertLineage(section, version[1], version[3]);
  }

  /** From the study's heading to the next one of its rank. */
  private String section(String title) {
    int from = report.indexOf(" · " + title + "\n\n### ");
    assertThat(from).as("section of " + title).isPositive();
    return report.substring(from, report.indexOf("\n## ", from));
  }

  private void assertWinner(String section, long study, String number)
      throws IOException, SQLException {
    String objective =
        ilteo.text(
            "SELECT objectives[1] FROM tuner.trial WHERE study_id = %d AND number = %s"
                .formatted(study, number));
    assertThat(section)
        .contains(": " + fourDigits(Double.parseDouble(objective)) + " on the validation fold");
  }

  private Evaluation assertReadingOfTheTestFold(String task, String version)
      throws IOException, SQLException {
    String metric = task.equals("wage") ? "rmse" : "accuracy";
    Evaluation recorded =
        Evaluation.parseFrom(
            HexFormat.of()
                .parseHex(
                    ilteo.text(
                        "SELECT encode(result, 'hex') FROM %s.evaluation WHERE version = %s"
                            .formatted(task, version))));
    assertThat(recorded.getModel().getMetricsList())
        .filteredOn(estimate -> estimate.getName().equals(metric))
        .singleElement()
        .satisfies(
            estimate ->
                assertThat(report)
                    .contains(
                        "| %s [%s, %s]"
                            .formatted(
                                fourDigits(estimate.getValue()),
                                fourDigits(estimate.getLower()),
                                fourDigits(estimate.getUpper()))));
    return recorded;
  }

  /**
   * The test fold's size was counted before the search; what was read of it later is what has the
   * task's target: all of it, unless networks of two targets learn from the same folds.
   */
  private static void assertThatTheFoldHoldsWhatWasRead(String section, Evaluation recorded) {
    Matcher fold = TEST_FOLD.matcher(section);
    assertThat(fold.find()).as("sizes of the folds").isTrue();
    int sequences = Integer.parseInt(fold.group(1));
    int persons = Integer.parseInt(fold.group(2));
    assertThat(recorded.getTestSequences()).isPositive().isLessThanOrEqualTo(sequences);
    assertThat(recorded.getTestPersons()).isPositive().isLessThanOrEqualTo(persons);
    if (recorded.getModelVersion().startsWith("models/satisfaction/")) {
      assertThat(recorded.getTestSequences()).isEqualTo(sequences);
      assertThat(recorded.getTestPersons()).isEqualTo(persons);
    }
  }

  private void assertCost(String section, long study) throws IOException, SQLException {
    String attempts =
        ilteo.text(
            "SELECT count(*) FROM tuner.attempt a JOIN tuner.trial t ON t.id = a.trial_id"
                + " WHERE t.study_id = "
                + study);
    // Counted from the reports themselves, not from the counter that the report reads.
    String epochs =
        ilteo.text(
            "SELECT count(*) FROM tuner.measurement m JOIN tuner.trial t ON t.id = m.trial_id"
                + " WHERE t.study_id = "
                + study);
    String seconds =
        ilteo.text(
            "SELECT sum(extract(epoch FROM a.ended_at - a.started_at)) FROM tuner.attempt a"
                + " JOIN tuner.trial t ON t.id = a.trial_id WHERE t.study_id = "
                + study);
    assertThat(section).contains("in %s attempts and %s epochs".formatted(attempts, epochs));
    Matcher busy = BUSY.matcher(section);
    assertThat(busy.find()).isTrue();
    double unit = busy.group(2).equals("min") ? 60 : 1;
    assertThat(Double.parseDouble(busy.group(1)))
        .isCloseTo(Double.parseDouble(seconds) / unit, within(0.06));
    String pruned =
        ilteo.text(
            "SELECT count(*) FROM tuner.trial WHERE state = 'PRUNED' AND study_id = " + study);
    assertThat(section)
        .contains(pruned.equals("0") ? "No trial was pruned." : pruned + " trials were pruned");
  }

  /** The ablations: every choice that a completed trial of the search has made. */
  private void assertChoices(String section, long study) throws IOException, SQLException {
    String choices =
        ilteo.text(
            """
            SELECT string_agg(p.key || ' = ' || (p.value #>> '{}'), ';') FROM tuner.trial t,
              jsonb_each(t.parameters) p WHERE jsonb_typeof(p.value) = 'string'
               AND t.state = 'COMPLETED' AND t.origin <> 'CONFIRMATION' AND t.study_id = %d
            """
                .formatted(study));
    boolean minimize = !section.contains("(more is better)");
    for (String choice : choices.split(";", -1)) {
      String[] named = choice.split(" = ", -1);
      String[] found =
          ilteo
              .text(
                  """
                  SELECT concat_ws(' ', count(*), %s(objectives[1]),
                      percentile_cont(0.5) WITHIN GROUP (ORDER BY objectives[1]))
                    FROM tuner.trial WHERE study_id = %d AND parameters ->> '%s' = '%s'
                     AND state = 'COMPLETED' AND origin <> 'CONFIRMATION'
                  """
                      .formatted(minimize ? "min" : "max", study, named[0], named[1]))
              .split(" ", -1);
      assertThat(section)
          .contains(
              "| %s | %s | %s | %s |"
                  .formatted(
                      choice,
                      found[0],
                      fourDigits(Double.parseDouble(found[1])),
                      fourDigits(Double.parseDouble(found[2]))));
    }
  }

  private void assertLineage(String section, String task, String version)
      throws IOException, SQLException {
    String[] made =
        ilteo
            .text(
                """
                SELECT concat_ws(' ', v.panel_digest, encode(v.digest, 'hex'), min(c.code_version),
                    string_agg(c.seed::text, ','), string_agg(c.attempt, ','))
                  FROM %1$s.model_version v JOIN %1$s.candidate c ON c.id = ANY (v.candidates)
                 WHERE v.number = %2$s GROUP BY v.number
                """
                    .formatted(task, version))
            .split(" ", -1);
    assertThat(section)
        .contains("| Version | models/%s/versions/%s |".formatted(task, version))
        .contains("SHA-256 " + made[0].substring(0, 16))
        .contains("| Artifact | SHA-256 " + made[1].substring(0, 16) + " |")
        .contains("| Code version | " + made[2] + " |")
        .contains(made[3].split(",", -1))
        .contains(made[4].split(",", -1));
  }

  private static String fourDigits(double value) {
    int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(Math.abs(value))));
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
