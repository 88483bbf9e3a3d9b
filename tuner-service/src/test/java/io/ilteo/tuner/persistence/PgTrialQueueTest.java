package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.servicekit.error.DomainException;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.Change;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Proposals;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgTrialQueueTest extends TrialQueueContract {
  private TestDatabase database;
  private TunerFixture tuner;

  @BeforeAll
  void begin() throws SQLException {
    database = TestDatabase.create("tuner");
    tuner = TunerFixture.on(database, "");
  }

  @AfterAll
  void end() {
    tuner.close();
  }

  @Override
  StudyId study(int budget, int parallelism, int maxAttempts) {
    return tuner
        .running(
            TunerFixture.driven(1_000)
                .setBudget(budget)
                .setParallelism(parallelism)
                .setMaxAttempts(maxAttempts)
                .build())
        .id();
  }

  @Override
  TrialQueue queue() {
    return tuner.queue;
  }

  @Override
  void expire(AttemptId attempt) {
    database.execute(
        "UPDATE trial SET lease_expires_at = now() - interval '1 second' WHERE study_id = %d AND number = %d"
            .formatted(attempt.trial().study().value(), attempt.trial().number()));
  }

  @Override
  void endBackOff() {
    database.execute("UPDATE trial SET not_before = '-infinity' WHERE state = 'WAITING'");
  }

  @Override
  List<Measurement> measurements(AttemptId attempt) {
    return tuner.trials.measurements(attempt.trial(), -1, 100);
  }

  @Test
  void databaseItselfRefusesATrialBeyondTheBudget() {
    StudyId study = study(1, 5, 3);
    String sql =
        """
        INSERT INTO tuner.trial (study_id, number, state, origin, parameters, space_version, seed,
          history_cut, attempts, attempt_token, lease_expires_at)
        VALUES (%d, %d, 'RUNNING', 'SAMPLER', '{}', 1, 1, 0, 1, gen_random_uuid(), now())
        """;
    database.execute(sql.formatted(study.value(), 101));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> database.execute(sql.formatted(study.value(), 102))))
        .hasMessageContaining("study_budget");
  }

  @Test
  void measurementsAndAuditAreOnlyEverAdded() {
    StudyId study = study(1, 5, 3);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    database.execute(
                        "UPDATE audit_event SET reason = 'x' WHERE study_id = " + study.value())))
        .hasMessageContaining("rows are only ever added");
  }

  /** What a crash of the database leaves of an ask that was not on disk yet: nothing. */
  private void forgetLastTrial(StudyId study) {
    database.execute(
        "DELETE FROM trial WHERE study_id = %d AND state = 'RUNNING'".formatted(study.value()),
        "UPDATE study SET running = 0, in_flight = 0, last_number = last_number - 1 WHERE id = "
            + study.value());
  }

  @Test
  void askThatTheDatabaseLostIsRefusedAndItsNumberGivenOutAgain() {
    StudyId study = study(1, 1, 3);
    Outcome outcome = new Outcome.Completed(Map.of("loss", 1.0), List.of(1.0), "");
    Lease lost = lease(study, "request");
    forgetLastTrial(study);

    Lease again = lease(study, "request");
    assertThat(again.attempt()).isEqualTo(lost.attempt());
    assertThat(again.token()).isNotEqualTo(lost.token());
    assertThatThrownBy(() -> tuner.queue.tell(lost.attempt(), lost.token(), outcome))
        .isInstanceOf(DomainException.Aborted.class);
    assertThatThrownBy(() -> tuner.queue.report(lost.attempt(), lost.token(), List.of(), ""))
        .isInstanceOf(DomainException.Aborted.class);

    tuner.queue.tell(again.attempt(), again.token(), outcome);
    assertThatThrownBy(() -> tuner.queue.tell(lost.attempt(), lost.token(), outcome))
        .isInstanceOf(DomainException.Aborted.class);
    Study ended = tuner.studies.get(study);
    assertThat(ended.state()).isEqualTo(StudyState.COMPLETED);
    assertThat(ended.progress().completed()).isEqualTo(1);
    assertThat(ended.progress().historyLength()).isEqualTo(1);
  }

  @Test
  void studyThatIsStoppedWhileATrialIsBeingClaimedWaitsForThatTrial() throws InterruptedException {
    StudyId id = study(10, 5, 3);
    Thread stop =
        new Thread(
            () -> {
              tuner.studies.transition(
                  id, Set.of(StudyState.RUNNING), StudyState.STOPPING, Change.byTuner("enough"));
              tuner.studies.settle(id);
            });
    ClaimResult claimed =
        tuner.queue.claim(
            id,
            new Asking("w", Duration.ofSeconds(60), Optional.empty()),
            (study, number, finished, running) -> {
              stop.start();
              while (stop.isAlive() && !someoneWaitsForALock()) {
                Thread.onSpinWait();
              }
              return new Proposals().propose(study, number, finished, running);
            });
    stop.join();

    assertThat(claimed).isInstanceOf(ClaimResult.Leased.class);
    Study stopping = tuner.studies.get(id);
    assertThat(stopping.state()).isEqualTo(StudyState.STOPPING);
    assertThat(stopping.progress().inFlight()).isEqualTo(1);
  }

  @Test
  void tableThatAnUpgradeChangesBesideUsIsReadAnew() {
    StudyId id = study(30, 1, 3);
    for (int trial = 1; trial <= 20; trial++) {
      if (trial == 12) {
        database.execute(
            "ALTER TABLE trial ADD COLUMN of_a_later_build integer",
            "ALTER TABLE study ADD COLUMN of_a_later_build integer");
      }
      Lease lease = lease(id, "upgrade-" + trial);
      assertThat(tuner.trials.get(lease.trial().id()).state()).isEqualTo(TrialState.RUNNING);
      tuner.queue.tell(
          lease.attempt(),
          lease.token(),
          new Outcome.Completed(Map.of("loss", 1.0), List.of(1.0), ""));
      tuner.studies.get(id);
    }
    assertThat(tuner.studies.get(id).progress().completed()).isEqualTo(20);
  }

  private boolean someoneWaitsForALock() {
    String sql = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    try (Connection connection = database.dataSource().getConnection();
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      return rows.next();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Lease lease(StudyId study, String request) {
    ClaimResult result =
        tuner.queue.claim(
            study, new Asking("w", Duration.ofSeconds(60), Optional.of(request)), new Proposals());
    return ((ClaimResult.Leased) result).lease();
  }
}
