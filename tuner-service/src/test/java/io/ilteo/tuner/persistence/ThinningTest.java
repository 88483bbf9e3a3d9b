package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.study.StudyId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of the epochs of studies that ended long ago. */
class ThinningTest {
  private TestDatabase database;
  private TunerFixture tuner;

  @BeforeEach
  void start() throws SQLException {
    database = TestDatabase.create("tuner");
    tuner = TunerFixture.on(database, "");
  }

  @AfterEach
  void stop() {
    tuner.close();
  }

  /** A study that ended {@code days} ago, its trials with so many epochs each. */
  private StudyId ended(int days, int... epochs) {
    StudyId study = tuner.running(TunerFixture.driven(9).setBudget(epochs.length).build()).id();
    for (int number = 1; number <= epochs.length; number++) {
      database.execute(
          """
          INSERT INTO trial (study_id, number, state, origin, parameters, metrics, objectives, space_version, seed, history_cut)
          VALUES (%1$d, %2$d, 'COMPLETED', 'SAMPLER', '{"x": 1}', '{"loss": 1}', '{1}', 1, 1, 0)
          """
              .formatted(study.value(), number),
          """
          INSERT INTO measurement (trial_id, step, metrics)
          SELECT t.id, step, '{"loss": 1}' FROM trial t, generate_series(1, %3$d) step
           WHERE study_id = %1$d AND number = %2$d
          """
              .formatted(study.value(), number, epochs[number - 1]),
          """
          INSERT INTO pruning_decision (trial_id, step, rule, value, threshold, pruned, comparison_set)
          SELECT t.id, step, 'median', 1, 2, step = 2, '{}' FROM trial t, generate_series(1, 2) step
           WHERE study_id = %1$d AND number = %2$d
          """
              .formatted(study.value(), number));
    }
    database.execute(
        "UPDATE study SET state = 'COMPLETED', last_number = %d, ended_at = now() - interval '%d days' WHERE id = %d"
            .formatted(epochs.length, days, study.value()));
    return study;
  }

  private List<Long> steps(StudyId study, int number) {
    Trial trial = tuner.trials(study).get(number - 1);
    return tuner.trials.measurements(trial.id(), -1, 1_000).stream()
        .map(Measurement::step)
        .toList();
  }

  private Thinning to(int epochs) {
    return new Thinning(tuner.transactions, epochs, Duration.ofDays(90));
  }

  @Test
  void evenlySpacedEpochsStayTheFirstAndTheLastAmongThem() {
    StudyId study = ended(91, 25, 1, 5, 6, 1_000);
    Thinning.Thinned thinned = to(5).sweep();
    assertThat(steps(study, 1)).containsExactly(1L, 7L, 13L, 19L, 25L);
    assertThat(steps(study, 2)).containsExactly(1L);
    assertThat(steps(study, 3)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(steps(study, 4)).hasSize(5).startsWith(1L).endsWith(6L);
    assertThat(steps(study, 5)).hasSize(5).startsWith(1L).endsWith(1_000L);
    assertThat(thinned).isEqualTo(new Thinning.Thinned(20 + 1 + 995, 5));
    assertThat(to(5).sweep()).isEqualTo(new Thinning.Thinned(0, 0));
  }

  @Test
  void everyNumberOfEpochsIsThinnedToExactlyWhatWasAsked() {
    int[] epochs = java.util.stream.IntStream.rangeClosed(1, 60).toArray();
    StudyId study = ended(100, epochs);
    to(7).sweep();
    for (int number = 1; number <= 60; number++) {
      assertThat(steps(study, number))
          .as("%d epochs", number)
          .hasSize(Math.min(7, number))
          .startsWith(1L)
          .endsWith((long) number);
    }
  }

  @Test
  void studiesThatEndedRecentlyOrRunKeepEverything() {
    StudyId recent = ended(89, 30);
    StudyId confirming = ended(91, 30);
    database.execute(
        "INSERT INTO trial (study_id, number, state, origin, parameters, space_version, seed, history_cut, confirms)"
            + " VALUES (%d, 9, 'WAITING', 'CONFIRMATION', '{\"x\": 1}', 1, 1, 0, 1)"
                .formatted(confirming.value()));
    assertThat(to(2).sweep()).isEqualTo(new Thinning.Thinned(0, 0));
    assertThat(steps(recent, 1)).hasSize(30);
    assertThat(steps(confirming, 1)).hasSize(30);
  }

  @Test
  void replicasThatSweepAtTheSameTimeShareTheWork() throws Exception {
    List<StudyId> studies = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      studies.add(ended(100, 20, 20));
    }
    Callable<Thinning.Thinned> sweep = () -> to(4).sweep();
    long deleted = 0;
    try (ExecutorService replicas = Executors.newFixedThreadPool(4)) {
      for (Future<Thinning.Thinned> each :
          replicas.invokeAll(List.of(sweep, sweep, sweep, sweep))) {
        deleted += each.get().measurements();
      }
    }
    assertThat(deleted).isEqualTo(6 * 2 * 16);
    for (StudyId study : studies) {
      assertThat(steps(study, 2)).hasSize(4);
    }
  }
}
