package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.endtoend.Collector.SentSpan;
import io.ilteo.endtoend.Installation.Running;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A model service that is told to stop while it trains, as by a rolling update. It takes a minute
 * or more, so it runs where it is asked for: {@code ./ilteo test -Dit.drain=true}.
 */
@EnabledIfSystemProperty(named = "it.drain", matches = "true")
class DrainIT extends InstalledPlatform {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String TRAIN = "ilteo.model.v1.TrainingService/Train";

  /** Of all trials of both tasks. */
  private static final String LOST =
      " FROM tuner.attempt a JOIN tuner.trial t ON t.id = a.trial_id"
          + " JOIN tuner.study s ON s.id = t.study_id WHERE a.state = 'LOST'";

  @Test
  void itHandsItsTrialBackAndTheTrialsTraceTellsOfBothServices() throws Exception {
    try (Collector collector = new Collector()) {
      ilteo.set("ILTEO_TRACES_ENDPOINT", collector.address());
      assertThat(ilteo.run("up").exitCode()).isZero();
      Running run =
          ilteo.start(
              "run", "--trials", "1", "--persons", "1500", "--max-epochs", "8", "--without-joint");
      // An epoch has been reported, and seven are to come.
      long trial =
          await(
              "SELECT coalesce(min(t.id), 0) FROM tuner.trial t JOIN tuner.study s ON s.id ="
                  + " t.study_id JOIN tuner.measurement m ON m.trial_id = t.id"
                  + " WHERE s.task = 'wage' AND t.state = 'RUNNING'");
      ilteo.terminate("wage-service");

      String first = " FROM tuner.attempt WHERE number = 1 AND trial_id = " + trial;
      await("SELECT count(*)" + first + " AND state <> 'RUNNING'");
      assertThat(ilteo.text("SELECT state || ': ' || reason" + first))
          .startsWith("PREEMPTED: the replica of task wage shuts down");
      assertThat(ilteo.text("SELECT checkpoint" + first)).isNotEmpty();

      assertThat(ilteo.run("up").exitCode()).isZero();
      await("SELECT count(*) FROM tuner.trial WHERE state = 'COMPLETED' AND id = " + trial);
      run.kill();
      String attempts = " FROM tuner.attempt WHERE trial_id = " + trial;
      assertThat(ilteo.text("SELECT state" + attempts + " ORDER BY number DESC LIMIT 1"))
          .isEqualTo("FINISHED");
      assertThat(
              ilteo.text(
                  "SELECT coalesce(string_agg(s.task || ': ' || a.reason, '; '), '')" + LOST))
          .isEmpty();

      assertThatOneTraceHasBothServices(
          collector,
          ilteo.text(
              "SELECT 'studies/' || study_id || '/trials/' || number FROM tuner.trial WHERE id = "
                  + trial),
          // Attempts between found no replica.
          "/attempts/" + ilteo.count("SELECT max(number)" + attempts));
    }
  }

  private static void assertThatOneTraceHasBothServices(
      Collector collector, String trial, String last) throws InterruptedException {
    List<SentSpan> all =
        collector.await(
            Duration.ofSeconds(30),
            // Each service sends its own when it will.
            spans ->
                spans.stream().anyMatch(span -> isTrial(span, trial + last))
                    && spans.stream().anyMatch(span -> isTraining(span, trial + last)));
    SentSpan root =
        all.stream().filter(span -> isTrial(span, trial + last)).findFirst().orElseThrow();
    assertThat(root.attributes())
        .containsEntry("ilteo.trial", trial)
        .containsEntry("ilteo.study", trial.substring(0, trial.indexOf("/trials")));
    List<SentSpan> trace = all.stream().filter(s -> s.trace().equals(root.trace())).toList();
    SentSpan served = only(trace, "wage-service", TRAIN);
    assertThat(served.attributes()).containsEntry("ilteo.attempt", trial + last);
    assertThat(trace)
        .filteredOn(span -> span.id().equals(served.parent()))
        .singleElement()
        .satisfies(
            caller -> {
              assertThat(caller.service()).isEqualTo("tuner-service");
              assertThat(caller.name()).isEqualTo(TRAIN);
            });
    assertThat(trace.stream().filter(SentSpan::isStatement).map(SentSpan::service))
        .as("statements of both services")
        .contains("tuner-service", "wage-service");
    assertThat(all.stream().filter(span -> span.parent().isEmpty() && span.isStatement()))
        .as("statements that nobody's work called for")
        .isEmpty();
  }

  private static boolean isTrial(SentSpan span, String attempt) {
    return span.name().equals("trial") && attempt.equals(span.attributes().get("ilteo.attempt"));
  }

  private static boolean isTraining(SentSpan span, String attempt) {
    return span.service().equals("wage-service")
        && attempt.equals(span.attributes().get("ilteo.attempt"));
  }

  private static SentSpan only(List<SentSpan> trace, String service, String name) {
    List<SentSpan> found =
        trace.stream()
            .filter(span -> span.service().equals(service) && span.name().equals(name))
            .toList();
    assertThat(found).as("%s of %s in %s", name, service, trace).isNotEmpty();
    return found.getLast();
  }

  /** The number that a query yields, once it is not zero. */
  private long await(String sql) throws IOException, SQLException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    long number = ilteo.count(sql);
    while (number == 0) {
      assertThat(System.nanoTime()).as("still nothing: %s", sql).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(50);
      number = ilteo.count(sql);
    }
    return number;
  }
}
