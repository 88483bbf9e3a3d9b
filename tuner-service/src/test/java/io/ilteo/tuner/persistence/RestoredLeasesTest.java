package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever held a lease when a backup was made writes nothing into what was restored from it. */
class RestoredLeasesTest {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Outcome DONE = new Outcome.Completed(Map.of("loss", 1.0), List.of(1.0), "");

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

  private StudyId study(int budget, int maxAttempts) {
    return tuner
        .running(
            TunerFixture.driven(1_000)
                .setBudget(budget)
                .setParallelism(2)
                .setMaxAttempts(maxAttempts)
                .build())
        .id();
  }

  private Lease ask(StudyId study) {
    return ((ClaimResult.Leased)
            tuner.work.ask(study, new Asking("worker", LEASE, Optional.empty())))
        .lease();
  }

  /** What a restore does last; with the superuser's search path, as an operator might call it. */
  private void revoke() throws SQLException {
    try (var connection = database.superuser()) {
      connection.createStatement().execute("SELECT tuner.revoke_leases('restored')");
    }
  }

  @Test
  void anAttemptOfBeforeTheRestoreWritesNothing() throws SQLException {
    StudyId study = study(2, 1);
    Lease old = ask(study);
    List<Measurement> epoch = List.of(Measurement.at(1, Map.of("loss", 2.0), Duration.ZERO));
    tuner.work.report(old.attempt(), old.token(), epoch, "checkpoints/1");
    revoke();

    // Its lease had minutes left.
    List<Measurement> next = List.of(Measurement.at(2, Map.of("loss", 1.5), Duration.ZERO));
    assertThatThrownBy(() -> tuner.work.report(old.attempt(), old.token(), next, "checkpoints/9"))
        .isInstanceOf(Aborted.class);
    assertThatThrownBy(() -> tuner.work.tell(old.attempt(), old.token(), DONE))
        .isInstanceOf(Aborted.class);
    assertThat(tuner.trials.measurements(old.attempt().trial(), -1, 10)).hasSize(1);

    Lease again = ask(study);
    assertThat(again.attempt().trial()).isEqualTo(old.attempt().trial());
    assertThat(again.attempt().number()).isEqualTo(2);
    assertThat(again.trial().checkpoint()).isEqualTo("checkpoints/1");
    assertThat(again.trial().attempts().getFirst().state()).isEqualTo(AttemptState.LOST);
    assertThat(again.trial().attempts().getFirst().reason()).isEqualTo("restored");
    assertThatThrownBy(() -> tuner.work.tell(again.attempt(), old.token(), DONE))
        .isInstanceOf(Aborted.class);
    assertThat(tuner.work.tell(again.attempt(), again.token(), DONE).state())
        .as("one attempt at most, and the restore has not taken it")
        .isEqualTo(TrialState.COMPLETED);
  }

  @Test
  void anAttemptThatTheBackupNeverSawCannotPassForTheOneThatHasItsNameNow() throws SQLException {
    StudyId study = study(2, 3);
    Lease vanished = ask(study);
    // The backup was made before the trial was begun.
    database.execute(
        "DELETE FROM trial WHERE study_id = " + study.value(),
        "UPDATE study SET last_number = 0, running = 0, in_flight = 0 WHERE id = " + study.value());
    revoke();

    assertThatThrownBy(() -> tuner.work.tell(vanished.attempt(), vanished.token(), DONE))
        .isInstanceOf(Aborted.class);
    Lease now = ask(study);
    assertThat(now.attempt()).isEqualTo(vanished.attempt());
    assertThatThrownBy(() -> tuner.work.tell(vanished.attempt(), vanished.token(), DONE))
        .isInstanceOf(Aborted.class);
    assertThatThrownBy(
            () ->
                tuner.work.report(vanished.attempt(), vanished.token(), List.of(), "checkpoints/7"))
        .isInstanceOf(Aborted.class);
    assertThat(tuner.trials.get(now.attempt().trial()).checkpoint()).isEmpty();
  }

  @Test
  void countsStayRightAndTheStudyEndsWithItsBudget() throws SQLException {
    StudyId study = study(3, 2);
    ask(study);
    ask(study);
    revoke();
    assertThat(tuner.studies.get(study).progress().running()).isZero();
    assertThat(tuner.studies.get(study).progress().lostAttempts()).isEqualTo(2);
    while (tuner.work.ask(study, new Asking("worker", LEASE, Optional.empty()))
        instanceof ClaimResult.Leased(Lease lease)) {
      tuner.work.tell(lease.attempt(), lease.token(), DONE);
    }
    assertThat(tuner.studies.get(study).state()).isEqualTo(StudyState.COMPLETED);
    assertThat(tuner.studies.get(study).progress().completed()).isEqualTo(3);
    assertThat(tuner.trials(study)).hasSize(3);
  }

  @Test
  void trialsOfAStudyThatWasStoppingStop() throws SQLException {
    StudyId study = study(3, 2);
    ask(study);
    tuner.lifecycle.stop(study, TunerFixture.TEST);
    assertThat(tuner.studies.get(study).state()).isEqualTo(StudyState.STOPPING);
    revoke();
    tuner.studies.settle(study);
    assertThat(tuner.studies.get(study).state()).isEqualTo(StudyState.STOPPED);
    assertThat(tuner.trials(study)).allMatch(trial -> trial.state() == TrialState.STOPPED);
  }
}
