package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.SamplerSpec;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.TrialReader.Order;
import io.ilteo.tuner.application.TrialReader.Page;
import io.ilteo.tuner.application.TrialReader.Query;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.simulated.Landscape;
import io.ilteo.tuner.simulated.SimulatedTask;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A study of 100,000 trials, as large as they ordinarily come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeStudyTest {
  private static final int TRIALS = 100_000;
  private static final int PAGE = 100;
  private static final int READS = 5;
  private static final Duration LIMIT = Duration.ofMillis(50);

  private static final Set<Order> BY_INDEX = Set.of(Order.NUMBER, Order.OBJECTIVE);

  /** Any other order sorts all trials: a guard against worse, not an aim. */
  private static final Duration SORTED_LIMIT = Duration.ofSeconds(1);

  private TunerFixture tuner;
  private StudyId study;

  @BeforeAll
  void begin() throws SQLException {
    TestDatabase database = TestDatabase.create("tuner");
    tuner = TunerFixture.on(database, "");
    study =
        tuner
            .running(
                StudySpec.newBuilder()
                    .setSearchSpace(SimulatedTask.space(Landscape.BRANIN))
                    .addObjectives(
                        Objective.newBuilder()
                            .setMetric("loss")
                            .setDirection(Direction.DIRECTION_MINIMIZE))
                    .setSampler(SamplerSpec.newBuilder().setName("random"))
                    .setBudget(TRIALS + 10)
                    .build())
            .id();
    String insert =
        """
        INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives,
          space_version, seed, history_cut, history_place, attempts, started_at, ended_at)
        SELECT %d, n, CASE WHEN n %% 4 = 0 THEN 'PRUNED' ELSE 'COMPLETED' END, 'IMPORTED',
          jsonb_build_object('x1', jsonb_build_object('double', (n * 7919 %% %d) / 1e4),
                             'x2', jsonb_build_object('double', n / 1e4)),
          jsonb_build_object('loss', n * 104729 %% %d), ARRAY[n * 104729 %% %d]::float8[],
          1, n, n - 1, n, 1, now() - interval '1 s' * n, now()
          FROM generate_series(1::bigint, %d) AS n
        """
            .formatted(study.value(), TRIALS, TRIALS, TRIALS, TRIALS);
    database.execute(
        insert,
        "UPDATE study SET last_number = %1$d, history_length = %1$d WHERE id = %2$d"
            .formatted(TRIALS, study.value()),
        "VACUUM ANALYZE trial");
  }

  @AfterAll
  void end() {
    tuner.close();
  }

  private static Query query(
      StudyId study, Set<TrialState> states, Order order, boolean descending, int offset) {
    return new Query(
        study, states, order, order == Order.PARAMETER ? "x1" : "", descending, offset, PAGE);
  }

  /** The quickest of several reads: the machine may be busy, the query may not be slow. */
  private Duration quickest(Query query) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < READS; i++) {
      long start = System.nanoTime();
      assertThat(tuner.trials.list(query).trials()).hasSize(PAGE);
      best = Math.min(best, System.nanoTime() - start);
    }
    return Duration.ofNanos(best);
  }

  @Test
  void pageIsReadWithinItsLimitHoweverSortedAndHoweverDeep() {
    for (Order order : Order.values()) {
      for (boolean descending : new boolean[] {false, true}) {
        for (int offset : new int[] {0, TRIALS / 2, TRIALS - PAGE}) {
          assertThat(quickest(query(study, Set.of(), order, descending, offset)))
              .as("%s descending=%s offset=%d", order, descending, offset)
              .isLessThan(BY_INDEX.contains(order) ? LIMIT : SORTED_LIMIT);
        }
      }
    }
    assertThat(quickest(query(study, Set.of(TrialState.PRUNED), Order.NUMBER, true, 0)))
        .isLessThan(SORTED_LIMIT);
  }

  @Test
  void pagesFollowOneAnotherInOrder() {
    int total = (int) tuner.trials.list(query(study, Set.of(), Order.NUMBER, true, 0)).total();
    assertThat(total).isGreaterThanOrEqualTo(TRIALS);
    Page last = tuner.trials.list(query(study, Set.of(), Order.NUMBER, true, total - PAGE));
    assertThat(last.trials()).extracting(t -> t.id().number()).startsWith(PAGE).endsWith(1);
    Page beyond = tuner.trials.list(query(study, Set.of(), Order.NUMBER, true, total - 1));
    assertThat(beyond.trials()).extracting(t -> t.id().number()).containsExactly(1);

    Page best =
        tuner.trials.list(query(study, Set.of(TrialState.PRUNED), Order.OBJECTIVE, false, 0));
    assertThat(best.total()).isEqualTo(TRIALS / 4);
    assertThat(best.trials()).allMatch(trial -> trial.state() == TrialState.PRUNED);
    assertThat(best.trials()).extracting(t -> t.objectives().getFirst()).isSorted();

    assertThat(tuner.trials.list(query(study, Set.of(), Order.PARAMETER, false, 500)).trials())
        .extracting(trial -> trial.configuration().values().get("x1"))
        .containsSequence(
            new DoubleValue(0.0505), new DoubleValue(0.0506), new DoubleValue(0.0507));
  }

  @Test
  void sortingByAnUnknownParameterIsRefusedWithTheNamesThereAre() {
    Query unknown = new Query(study, Set.of(), Order.PARAMETER, "depth", false, 0, PAGE);
    assertThatThrownBy(() -> tuner.trials.list(unknown))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("\"depth\" is unknown; the space has [x1, x2]");
  }

  @Test
  void hotQueriesReadNoTableFromEndToEnd() {
    askReportTell();
    Map<String, Long> before = tuner.transactions.call(LargeStudyTest::sequentialScans);
    for (int i = 0; i < 5; i++) {
      askReportTell();
    }
    tuner.trials.list(query(study, Set.of(), Order.NUMBER, true, 0));
    assertThat(tuner.transactions.call(LargeStudyTest::sequentialScans)).isEqualTo(before);
  }

  private void askReportTell() {
    ClaimResult claim = tuner.work.ask(study, "test", Duration.ofSeconds(60), Optional.of("r"));
    assertThat(claim).isInstanceOf(ClaimResult.Leased.class);
    var lease = ((ClaimResult.Leased) claim).lease();
    tuner.work.report(
        lease.attempt(),
        lease.token(),
        List.of(Measurement.at(1, Map.of("loss", 1.0), Duration.ZERO)),
        "");
    tuner.work.tell(
        lease.attempt(),
        lease.token(),
        new Outcome.Completed(Map.of("loss", 1.0), List.of(1.0), ""));
  }

  /** Full scans so far of the tables that grow with a study. */
  private static Map<String, Long> sequentialScans(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_stat_force_next_flush()");
      connection.commit();
      statement.execute("SELECT pg_stat_clear_snapshot()");
      String sql =
          """
          SELECT relname, seq_scan FROM pg_stat_user_tables
           WHERE schemaname = 'tuner' AND relname IN ('trial')
          """;
      try (ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return Map.of(row.getString(1), row.getLong(2));
      }
    }
  }
}
