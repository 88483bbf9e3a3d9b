package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.TrialReader.Order;
import io.ilteo.tuner.application.TrialReader.Query;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.persistence.ExplainedDatabase.Explained;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runs with every trial, or whenever somebody looks, uses an index: PostgreSQL says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotQueriesTest {
  private static final int TRIALS = 20_000;
  private static final Pattern FULL_SCAN =
      Pattern.compile(
          "Seq Scan on (trial|attempt|measurement|trial_parameter|pruning_decision)\\b");

  /** A node that sorts; the few trials that run may be sorted. */
  private static final Pattern SORT_OF_MANY = Pattern.compile("Sort  \\(.* rows=\\d{3,} ");

  private final ExplainedDatabase plans = new ExplainedDatabase();
  private TunerFixture tuner;
  private StudyId study;

  @BeforeAll
  void begin() throws SQLException {
    TestDatabase database = TestDatabase.create("tuner");
    tuner =
        new TunerFixture(
            database.jdbcUrl(), database.user(), database.password(), "", plans::around);
    study = LargeStudy.create(database, tuner, TRIALS);
    // What is read once a process: the whole history, and the curves of all ended trials.
    trialTo(new Outcome.Failed("warm-up"));
  }

  @AfterAll
  void end() {
    tuner.close();
  }

  @BeforeEach
  void forget() {
    plans.take();
  }

  private Lease ask() {
    return ((ClaimResult.Leased)
            tuner.work.ask(
                study, new Asking("test", Duration.ofSeconds(60), Optional.of("request"))))
        .lease();
  }

  private void report(Lease lease) {
    tuner.work.report(
        lease.attempt(),
        lease.token(),
        List.of(Measurement.at(1, Map.of("loss", 1.0), Duration.ZERO)),
        "");
  }

  private void trialTo(Outcome outcome) {
    Lease lease = ask();
    report(lease);
    tuner.work.tell(lease.attempt(), lease.token(), outcome);
  }

  private static void assertByIndex(List<Explained> statements) {
    assertThat(statements).isNotEmpty();
    assertThat(statements)
        .allSatisfy(explained -> assertThat(explained.plan()).doesNotContainPattern(FULL_SCAN));
  }

  private static Explained only(List<Explained> statements, String part) {
    List<Explained> found = statements.stream().filter(e -> e.sql().contains(part)).toList();
    assertThat(found).as("statements with %s", part).hasSize(1);
    return found.getFirst();
  }

  @Test
  void claimReadsWhatIsNewAndWhatIsOpenByIndex() {
    Lease lease = ask();
    List<Explained> statements = plans.take();
    tuner.work.tell(lease.attempt(), lease.token(), new Outcome.Failed("a test"));

    assertByIndex(statements);
    assertThat(only(statements, "history_place <= ").plan())
        .contains("trial_open")
        .contains("trial_history");
    assertThat(only(statements, "EXISTS (SELECT FROM trial").plan())
        .contains("trial_open")
        .contains("attempt_request");
    assertThat(only(statements, "a.request_id = ").plan()).contains("attempt_request");
  }

  @Test
  void reportReadsOpenCurvesAloneByIndex() {
    Lease lease = ask();
    plans.take();
    report(lease);
    List<Explained> statements = plans.take();
    tuner.work.tell(lease.attempt(), lease.token(), new Outcome.Failed("a test"));

    assertByIndex(statements);
    assertThat(only(statements, "UNION ALL").plan())
        .contains("trial_open")
        .contains("trial_history")
        .contains("measurement_pkey");
  }

  @Test
  void tellAndTheSearchForLostLeasesUseIndexes() {
    Lease lease = ask();
    plans.take();
    tuner.work.tell(lease.attempt(), lease.token(), new Outcome.Failed("a test"));
    tuner.queue.expireLeases();
    tuner.trials.finishedSince(study, List.of(1));
    tuner.trials.lastMeasurement(lease.trial().id());
    List<Explained> statements = plans.take();

    assertByIndex(statements);
    assertThat(only(statements, "lease_expires_at <= now()").plan()).contains("trial_open");
    assertThat(only(statements, "WITH ended").plan()).contains("attempt_pkey");
    assertThat(only(statements, "max(history_place)").plan()).contains("trial_history");
  }

  @ParameterizedTest
  @CsvSource({
    "NUMBER, trial_study_id_number_key",
    "OBJECTIVE, trial_by_objective",
    "START_TIME, trial_by_start",
    "DURATION, trial_by_duration",
    "PARAMETER, trial_by_parameter"
  })
  void pageIsFoundByAnIndexAloneWithoutSorting(Order order, String index) {
    for (boolean descending : new boolean[] {false, true}) {
      tuner.trials.list(
          new Query(
              study,
              Set.of(),
              order,
              order == Order.PARAMETER ? "x1" : "",
              descending,
              TRIALS / 2,
              100));
      List<Explained> statements = plans.take();

      assertByIndex(statements);
      String part = order == Order.NUMBER ? "ORDER BY number" : "OFFSET";
      Explained page = only(statements, part);
      String scan = order == Order.NUMBER ? "Index Scan" : "Index Only Scan";
      assertThat(page.plan()).contains(scan).contains(index).doesNotContainPattern(SORT_OF_MANY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NUMBER, trial_by_state",
    "OBJECTIVE, trial_by_objective",
    "START_TIME, trial_by_start",
    "DURATION, trial_by_duration"
  })
  void pageOfSomeStatesIsMergedFromAnIndexAloneWithoutSorting(Order order, String index) {
    for (Set<TrialState> states :
        List.of(Set.of(TrialState.PRUNED), Set.of(TrialState.PRUNED, TrialState.FAILED))) {
      tuner.trials.list(new Query(study, states, order, "", true, TRIALS / 16, 100));
      List<Explained> statements = plans.take();

      assertByIndex(statements);
      assertThat(only(statements, "OFFSET").plan())
          .contains("Index Only Scan")
          .contains(index)
          .doesNotContainPattern(SORT_OF_MANY);
      assertThat(only(statements, "count(*)").plan()).contains("Index Only Scan");
    }
  }

  @Test
  void pageOfSomeStatesByAParameterReadsTheNarrowTableAndTheStatesByIndex() {
    tuner.trials.list(
        new Query(study, Set.of(TrialState.PRUNED), Order.PARAMETER, "x1", true, 1_000, 100));
    List<Explained> statements = plans.take();

    assertByIndex(statements);
    assertThat(only(statements, "OFFSET").plan())
        .contains("Index Only Scan Backward using trial_by_parameter")
        .contains("hashed SubPlan")
        .doesNotContainPattern(SORT_OF_MANY);
  }
}
