package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.TrialReader.Order;
import io.ilteo.tuner.application.TrialReader.Page;
import io.ilteo.tuner.application.TrialReader.Query;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialState;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A study of 100,000 trials, as large as they ordinarily come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeStudyTest {
  private static final System.Logger LOG = System.getLogger(LargeStudyTest.class.getName());
  private static final int TRIALS = 100_000;
  private static final int PAGE = 100;
  private static final int READS = 5;
  private static final Duration LIMIT = Duration.ofMillis(50);
  private static final int BUSY_FACTOR = 10;

  /** A parameter's index knows no states: they are looked up for every trial that is skipped. */
  private static final int BY_PARAMETER = 3;

  private TunerFixture tuner;
  private StudyId study;

  @BeforeAll
  void begin() throws SQLException {
    TestDatabase database = TestDatabase.create("tuner");
    tuner = TunerFixture.on(database, "");
    study = LargeStudy.create(database, tuner, TRIALS);
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
    LOG.log(Level.INFO, "{0} ms: {1}", best / 1_000_000, query);
    return Duration.ofNanos(best);
  }

  /** The limit; on a machine that others keep busy so many times the cheapest page there is. */
  private Duration limit() {
    Duration cheapest = quickest(query(study, Set.of(), Order.NUMBER, false, 0));
    Duration busy = cheapest.multipliedBy(BUSY_FACTOR);
    return busy.compareTo(LIMIT) > 0 ? busy : LIMIT;
  }

  @Test
  void pageIsReadWithinItsLimitHoweverSortedAndHoweverDeep() {
    for (Order order : Order.values()) {
      for (boolean descending : new boolean[] {false, true}) {
        for (int offset : new int[] {0, TRIALS / 2, TRIALS - PAGE}) {
          assertThat(quickest(query(study, Set.of(), order, descending, offset)))
              .as("%s descending=%s offset=%d", order, descending, offset)
              .isLessThan(limit());
        }
      }
    }
  }

  @Test
  void pageOfSomeStatesIsReadWithinTheSameLimit() {
    List<Set<TrialState>> choices =
        List.of(Set.of(TrialState.PRUNED), EnumSet.of(TrialState.PRUNED, TrialState.FAILED));
    for (Order order : Order.values()) {
      for (Set<TrialState> states : choices) {
        assertThat(quickest(query(study, states, order, true, TRIALS / 8)))
            .as("%s by %s", states, order)
            .isLessThan(limit().multipliedBy(order == Order.PARAMETER ? BY_PARAMETER : 1));
      }
    }
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

    Page latest = tuner.trials.list(query(study, Set.of(), Order.START_TIME, true, 0));
    assertThat(latest.trials())
        .extracting(t -> t.startedAt().orElseThrow())
        .isSortedAccordingTo(Comparator.reverseOrder());
    Page longest =
        tuner.trials.list(query(study, Set.of(TrialState.PRUNED), Order.DURATION, true, 0));
    assertThat(longest.trials()).extracting(t -> t.id().number()).startsWith(TRIALS, TRIALS - 4);

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
}
