package io.ilteo.tuner.dispatch;

import static io.ilteo.tuner.TunerFixture.simulated;
import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.tuner.v1.PrunerSpec;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.simulated.Faults;
import io.ilteo.tuner.simulated.SimulatedTask;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole studies of the simulated task, on PostgreSQL and over gRPC. */
class DispatcherTest {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private SimulatedTask task;
  private TunerFixture tuner;
  private TestDatabase database;

  @BeforeEach
  void begin() throws IOException, SQLException {
    task = new SimulatedTask(0, Faults.none());
    database = TestDatabase.create("tuner");
    tuner = TunerFixture.on(database, task.target());
  }

  @AfterEach
  void end() {
    tuner.close();
    task.close();
  }

  @Test
  void studyEndsWithExactlyItsBudgetAndShowsItsBestTrial() {
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 30, 4).build());
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.state()).isEqualTo(StudyState.COMPLETED);
      assertThat(end.progress().completed()).isEqualTo(30);
      assertThat(end.progress().inFlight()).isZero();
      assertThat(end.baselines()).hasSize(1);
      double best =
          tuner.trials(study.id()).stream()
              .mapToDouble(trial -> trial.objectives().getFirst())
              .min()
              .orElseThrow();
      assertThat(end.progress().bestValue()).hasValue(best);
      assertThat(tuner.trials.measurements(tuner.trials(study.id()).getFirst().id(), 0, 100))
          .hasSize(4);
      assertThat(task.mostRunning()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void failedTrialsAreReplacedAndTheirReasonKept() {
    task.faults(new Faults(Duration.ZERO, 64, 5, 7, 0));
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 20, 3).build());
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.state()).isEqualTo(StudyState.COMPLETED);
      assertThat(end.progress().finished()).isEqualTo(20);
      assertThat(end.progress().failed()).isPositive();
      assertThat(tuner.trials(study.id()))
          .filteredOn(trial -> trial.state() == TrialState.FAILED)
          .extracting(Trial::reason)
          .allMatch(reason -> reason.equals("loss is NaN") || reason.contains("diverged at epoch"));
    }
  }

  @Test
  void replicaThatFailsBeforeTrainingCountsAgainstTheTrial() {
    task.breakNext(3);
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 1, 1).setMaxAttempts(2).build());
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.progress().completed()).isEqualTo(1);
      assertThat(end.progress().failed()).isEqualTo(1);
      assertThat(end.progress().lostAttempts()).isEqualTo(3);
    }
  }

  @Test
  void studyFailsOnceMoreTrialsFailThanMay() {
    task.faults(new Faults(Duration.ZERO, 64, 1, 0, 0));
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 20, 2).setMaxFailedTrials(3).build());
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.state()).isEqualTo(StudyState.FAILED);
      assertThat(end.stateReason()).contains("trials failed; at most 3 may, the last: loss is NaN");
    }
  }

  @Test
  void studyOnDataThatTheServiceRefusesFailsAtOnceWithTheServicesReason() {
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      StudySpec.Builder spec = simulated("branin", 500, 2);
      spec.getDataBuilder().setPanel(SimulatedTask.SMALL_PANEL);
      Study end = tuner.awaitEnd(tuner.running(spec.build()).id(), LIMIT);

      assertThat(end.state()).isEqualTo(StudyState.FAILED);
      assertThat(end.stateReason()).isEqualTo("refused: The validation fold would be empty.");
      assertThat(end.progress().failed()).isLessThan(500);
      assertThat(end.progress().inFlight()).isZero();
    }
  }

  @Test
  void lostAttemptGoesOnFromItsCheckpoint() {
    task.faults(new Faults(Duration.ZERO, 64, 0, 0, 2));
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 6, 1).setMaxAttempts(9).build());
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.progress().completed()).isEqualTo(6);
      assertThat(end.progress().lostAttempts()).isPositive();
      List<Trial> retried =
          tuner.trials(study.id()).stream()
              .map(trial -> tuner.trials.get(trial.id()))
              .filter(trial -> trial.attempts().size() > 1)
              .toList();
      assertThat(retried).isNotEmpty();
      Trial first = retried.getFirst();
      assertThat(first.attempts().getFirst().state()).isEqualTo(AttemptState.LOST);
      assertThat(first.attempts().getFirst().checkpoint()).isEqualTo("checkpoints/epoch-2");
      assertThat(tuner.trials.measurements(first.id(), 0, 100)).hasSize(4);
    }
  }

  @Test
  void trialWhoseCheckpointIsOfAnotherVersionBeginsAfresh() {
    task.faults(new Faults(Duration.ZERO, 64, 0, 0, 2));
    task.refuseCheckpoints();
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 6, 1).setMaxAttempts(9).build());
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.progress().lostAttempts()).isPositive();
      assertThat(end.progress().failed()).isZero();
      assertThat(end.progress().completed()).isEqualTo(6);
      assertThat(tuner.trials(study.id()))
          .allSatisfy(
              trial -> assertThat(tuner.trials.measurements(trial.id(), 0, 100)).hasSize(4));
    }
  }

  @Test
  void busyServiceIsWaitedForWithoutLosingOrRepeatingAttempts() {
    task.faults(Faults.none().withCapacity(1).withPause(Duration.ofMillis(5)));
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 12, 6).build());
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.progress().completed()).isEqualTo(12);
      assertThat(end.progress().lostAttempts()).isZero();
      assertThat(task.trainings()).isEqualTo(12);
    }
  }

  @Test
  void deadServiceLeavesTheStudyWaitingWithAReason() throws IOException {
    int port = task.port();
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      Study study = tuner.running(simulated("branin", 5, 2).build());
      task.close();
      dispatcher.start();
      Study waiting =
          tuner.await(study.id(), LIMIT, s -> s.stateReason().contains("does not answer"));
      assertThat(waiting.state()).isEqualTo(StudyState.RUNNING);
      assertThat(waiting.stateReason()).contains("127.0.0.1:" + port);

      task = new SimulatedTask(port, Faults.none());
      Study end = tuner.awaitEnd(study.id(), LIMIT);
      assertThat(end.progress().completed()).isEqualTo(5);
      assertThat(end.stateReason()).isEmpty();
    }
  }

  @Test
  void twoReplicasNeverRunATrialTwice() throws SQLException {
    task.faults(Faults.none().withPause(Duration.ofMillis(2)));
    try (TunerFixture other = TunerFixture.on(database, task.target());
        Dispatcher first = tuner.dispatcher("a", LEASE);
        Dispatcher second = other.dispatcher("b", LEASE)) {
      first.start();
      second.start();
      Study study = tuner.running(simulated("branin", 60, 8).build());
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.progress().completed()).isEqualTo(60);
      assertThat(task.trainings()).isEqualTo(60);
      assertThat(tuner.trials(study.id()))
          .extracting(trial -> trial.id().number())
          .hasSize(60)
          .doesNotHaveDuplicates();
      assertThat(task.mostRunning()).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void stoppedStudyCancelsWhatRuns() {
    task.faults(Faults.none().withPause(Duration.ofSeconds(30)));
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 9, 3).build());
      tuner.await(study.id(), LIMIT, s -> s.progress().running() == 3);
      tuner.lifecycle.stop(study.id(), TunerFixture.TEST);
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.state()).isEqualTo(StudyState.STOPPED);
      assertThat(end.progress().stopped()).isEqualTo(3);
      assertThat(end.progress().running()).isZero();
    }
  }

  @Test
  void winnersOfAStoppedStudyAreConfirmedByReplicasThatSayWhoTheyAre() {
    task.faults(Faults.none().withPause(Duration.ofMillis(20)));
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study = tuner.running(simulated("branin", 900, 2).build());
      tuner.await(study.id(), LIMIT, s -> s.progress().completed() >= 2);
      tuner.lifecycle.stop(study.id(), TunerFixture.TEST);
      tuner.awaitEnd(study.id(), LIMIT);

      tuner.record.confirm(study.id(), 1, 2, TunerFixture.TEST);
      tuner.await(
          study.id(), LIMIT, s -> tuner.trials.confirmations(s.id()).getFirst().open() == 0);

      assertThat(tuner.trials.confirmations(study.id()).getFirst().first().values()).hasSize(2);
      assertThat(tuner.trials.timeline(study.id(), 1000))
          .filteredOn(entry -> entry.state() == AttemptState.FINISHED)
          .isNotEmpty()
          .allSatisfy(
              entry -> {
                assertThat(entry.replica()).isEqualTo(SimulatedTask.REPLICA);
                assertThat(entry.worker()).isEqualTo("a");
              });
    }
  }

  @Test
  void drainedReplicaGivesItsTrialsBackAtOnce() {
    task.faults(Faults.none().withPause(Duration.ofSeconds(30)));
    Study study = tuner.running(simulated("branin", 4, 2).build());
    try (Dispatcher leaving = tuner.dispatcher("leaving", LEASE)) {
      leaving.start();
      tuner.await(study.id(), LIMIT, s -> s.progress().running() == 2);
    }
    Study drained = tuner.studies.get(study.id());
    assertThat(drained.progress().running()).isZero();
    assertThat(drained.progress().inFlight()).isEqualTo(2);
    task.faults(Faults.none());
    try (Dispatcher staying = tuner.dispatcher("staying", LEASE)) {
      staying.start();
      assertThat(tuner.awaitEnd(study.id(), LIMIT).progress().completed()).isEqualTo(4);
    }
  }

  @Test
  void medianPrunerEndsBadTrialsAndEveryDecisionIsKept() {
    try (Dispatcher dispatcher = tuner.dispatcher("a", LEASE)) {
      dispatcher.start();
      Study study =
          tuner.running(
              simulated("branin", 30, 2)
                  .setMaxEpochs(8)
                  .setPruner(PrunerSpec.newBuilder().setName("median"))
                  .build());
      Study end = tuner.awaitEnd(study.id(), LIMIT);

      assertThat(end.progress().finished()).isEqualTo(30);
      assertThat(end.progress().pruned()).isPositive();
      assertThat(tuner.trials(study.id()))
          .filteredOn(trial -> trial.state() == TrialState.PRUNED)
          .allSatisfy(
              trial -> {
                assertThat(trial.decision())
                    .hasValueSatisfying(d -> assertThat(d.pruned()).isTrue());
                assertThat(trial.decision().orElseThrow().comparisonSet()).isNotEmpty();
                assertThat(trial.objectives()).hasSize(1);
              });
    }
  }
}
