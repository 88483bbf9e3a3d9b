package io.ilteo.tuner.application;

import static io.ilteo.tuner.TunerFixture.TEST;
import static io.ilteo.tuner.TunerFixture.simulated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.search.v1.CategoricalDomain;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.proto.tuner.v1.DuplicatePolicy;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.StopRules;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.dispatch.Dispatcher;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.simulated.Faults;
import io.ilteo.tuner.simulated.SimulatedTask;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens to studies besides running their trials. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleTest {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private SimulatedTask task;
  private TunerFixture tuner;
  private TunerFixture other;
  private Dispatcher first;
  private Dispatcher second;

  @BeforeAll
  void begin() throws IOException, SQLException {
    task = new SimulatedTask(0, Faults.none());
    TestDatabase database = TestDatabase.create("tuner");
    tuner = TunerFixture.on(database, task.target());
    other = TunerFixture.on(database, task.target());
    first = tuner.dispatcher("first", LEASE);
    second = other.dispatcher("second", LEASE);
    first.start();
    second.start();
  }

  @AfterAll
  void end() {
    first.close();
    second.close();
    tuner.close();
    other.close();
    task.close();
  }

  /** A study that the test itself drives, over three choices. */
  private static StudySpec.Builder choices(int budget) {
    SearchSpace space =
        SearchSpace.newBuilder()
            .addParameters(
                ParameterSpec.newBuilder()
                    .setName("colour")
                    .setCategoricalDomain(
                        CategoricalDomain.newBuilder()
                            .addAllChoices(List.of("red", "green", "blue"))))
            .build();
    return StudySpec.newBuilder()
        .setSearchSpace(space)
        .addObjectives(
            Objective.newBuilder().setMetric("score").setDirection(Direction.DIRECTION_MAXIMIZE))
        .setBudget(budget)
        .setParallelism(4)
        .setSeed(11);
  }

  private Lease ask(Study study) {
    ClaimResult result = tuner.work.ask(study.id(), new Asking("test", LEASE, Optional.empty()));
    return ((ClaimResult.Leased) result).lease();
  }

  private Trial complete(Lease lease, double score) {
    return tuner.work.tell(
        lease.attempt(),
        lease.token(),
        new Outcome.Completed(Map.of("score", score), List.of(score), ""));
  }

  @Test
  void parallelStudyOfTwoReplicasIsReplayedBitForBit() {
    task.faults(Faults.none().withPause(Duration.ofMillis(1)));
    Study study =
        tuner.running(
            simulated("branin", 40, 6)
                .setDuplicatePolicy(DuplicatePolicy.DUPLICATE_POLICY_SKIP)
                .build());
    tuner.awaitEnd(study.id(), LIMIT);

    TrialRecord.Replay replay = other.record.replay(study.id(), new Proposals());
    assertThat(replay.suggestions()).isEqualTo(40);
    assertThat(replay.firstDifference()).isEmpty();
    assertThat(replay.reproduced()).isEqualTo(40);

    TrialRecord.Replay tampered =
        other.record.replay(
            study.id(),
            (s, number, finished, pending) ->
                new Proposals().propose(s, number + 1, finished, pending));
    assertThat(tampered.firstDifference()).contains(new TrialId(study.id(), 1));
  }

  @Test
  void skippedDuplicatesTryEveryConfigurationFirst() {
    Study study =
        tuner.running(choices(3).setDuplicatePolicy(DuplicatePolicy.DUPLICATE_POLICY_SKIP).build());
    for (int i = 0; i < 3; i++) {
      complete(ask(study), i);
    }
    assertThat(tuner.trials(study.id())).extracting(Trial::configuration).doesNotHaveDuplicates();
  }

  @Test
  void reusedDuplicatesFinishTheBudgetWithoutRunningAgain() {
    Study study =
        tuner.running(
            choices(12).setDuplicatePolicy(DuplicatePolicy.DUPLICATE_POLICY_REUSE).build());
    int ran = 0;
    while (tuner.studies.get(study.id()).state() == StudyState.RUNNING) {
      if (tuner.work.ask(study.id(), new Asking("test", LEASE, Optional.empty()))
          instanceof ClaimResult.Leased(Lease lease)) {
        ran++;
        complete(lease, ran);
      }
    }
    Study end = tuner.studies.get(study.id());
    assertThat(end.state()).isEqualTo(StudyState.COMPLETED);
    assertThat(end.progress().completed()).isEqualTo(12);
    assertThat(ran).isBetween(1, 3);
  }

  @Test
  void importedTrialsAreHistoryButNoPartOfTheBudget() {
    Study study = tuner.running(choices(1).build());
    Lease lease = ask(study);
    List<Trial> imported =
        tuner.record.importTrials(
            study.id(),
            List.of(
                new TrialRecord.Imported(
                    lease.trial().configuration(), Map.of("score", 9.0), List.of(9.0))),
            TEST);
    assertThat(imported).extracting(Trial::origin).containsExactly(TrialOrigin.IMPORTED);
    assertThat(tuner.studies.get(study.id()).progress().finished()).isZero();
    complete(lease, 1);
    Study end = tuner.studies.get(study.id());
    assertThat(end.state()).isEqualTo(StudyState.COMPLETED);
    assertThat(end.progress().bestTrial()).hasValue(lease.trial().id().number());
  }

  @Test
  void warmStartCopiesWhatLiesInTheNewSpace() {
    Study earlier = tuner.running(choices(3).build());
    for (int i = 0; i < 3; i++) {
      complete(ask(earlier), i);
    }
    Study study = tuner.running(choices(3).setWarmStartFrom(earlier.id().name()).build());
    assertThat(tuner.trials(study.id()))
        .hasSize(3)
        .allMatch(trial -> trial.origin() == TrialOrigin.IMPORTED);
    assertThatThrownBy(
            () ->
                tuner.running(
                    simulated("branin", 3, 1).setWarmStartFrom(earlier.id().name()).build()))
        .hasMessageContaining("optimises [score], not [loss]");
  }

  @Test
  void newVersionOfTheSpaceHoldsForLaterTrialsOnly() {
    Study study = tuner.running(choices(40).build());
    Lease before = ask(study);
    SearchSpace narrowed =
        SearchSpace.newBuilder()
            .addParameters(
                ParameterSpec.newBuilder()
                    .setName("colour")
                    .setCategoricalDomain(CategoricalDomain.newBuilder().addChoices("blue")))
            .build();
    StudyStore.Edit edit =
        new StudyStore.Edit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(narrowed));
    Study changed = tuner.lifecycle.update(study.id(), Optional.of(study.version()), edit, TEST);
    assertThat(changed.spaceVersion()).isEqualTo(2);
    complete(before, 1);
    Lease after = ask(study);
    assertThat(after.trial().spaceVersion()).isEqualTo(2);
    assertThat(after.trial().configuration().require("colour").toString()).contains("blue");
    assertThat(before.trial().spaceVersion()).isEqualTo(1);
    assertThat(tuner.record.replay(study.id(), new Proposals()).reproduced()).isEqualTo(2);
    assertThatThrownBy(
            () -> tuner.lifecycle.update(study.id(), Optional.of(study.version()), edit, TEST))
        .isInstanceOf(Aborted.class);
  }

  @Test
  void studyStopsAtItsGoalAndSaysWhy() {
    StudySpec.Builder spec = choices(100);
    spec.setObjectives(0, spec.getObjectives(0).toBuilder().setGoal(5));
    Study study =
        tuner.running(spec.setStopRules(StopRules.newBuilder().setStopAtGoal(true)).build());
    complete(ask(study), 4.9);
    assertThat(tuner.studies.get(study.id()).state()).isEqualTo(StudyState.RUNNING);
    complete(ask(study), 5.1);
    Study end = tuner.studies.get(study.id());
    assertThat(end.state()).isEqualTo(StudyState.STOPPED);
    assertThat(end.stateReason()).contains("the goal was reached by");
  }

  @Test
  void studyStopsWhenNothingGetsBetter() {
    Study study =
        tuner.running(
            choices(100).setStopRules(StopRules.newBuilder().setNoImprovementTrials(3)).build());
    for (double score : new double[] {1, 2, 0, 0, 0}) {
      assertThat(tuner.studies.get(study.id()).state()).isEqualTo(StudyState.RUNNING);
      complete(ask(study), score);
    }
    assertThat(tuner.studies.get(study.id()).state()).isEqualTo(StudyState.STOPPED);
  }

  @Test
  void studiesOfOneComputeGroupShareItsSlots() {
    task.faults(Faults.none().withPause(Duration.ofMillis(3)));
    Study one = tuner.running(simulated("branin", 20, 3).setComputeGroup("house").build());
    Study two = tuner.running(simulated("branin", 20, 3).setComputeGroup("house").build());
    int most = 0;
    while (!tuner.studies.get(one.id()).state().hasEnded()
        || !tuner.studies.get(two.id()).state().hasEnded()) {
      most = Math.max(most, runningTogether("house"));
    }
    assertThat(most).isBetween(1, 3);
    assertThat(tuner.studies.get(one.id()).progress().completed()).isEqualTo(20);
    assertThat(tuner.studies.get(two.id()).progress().completed()).isEqualTo(20);
  }

  @Test
  void withFewerSlotsThanStudiesNoneWaitsForTheOthersToEnd() {
    task.faults(Faults.none().withPause(Duration.ofMillis(3)));
    List<Study> studies =
        IntStream.range(0, 3)
            .mapToObj(
                i -> tuner.running(simulated("branin", 24, 2).setComputeGroup("flat").build()))
            .toList();
    tuner.awaitEnd(studies.getFirst().id(), LIMIT);
    for (Study study : studies) {
      assertThat(tuner.studies.get(study.id()).progress().completed()).isGreaterThan(12);
    }
  }

  private int runningTogether(String group) {
    return tuner.transactions.call(
        connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT coalesce(sum(running), 0) FROM study WHERE compute_group = ?")) {
            select.setString(1, group);
            try (var row = select.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }

  @Test
  void everyChangeIsAudited() {
    Study study = tuner.running(choices(5).build());
    tuner.lifecycle.pause(study.id(), new Change("kim", "lunch"));
    tuner.lifecycle.start(study.id(), new Change("kim", "back"));
    tuner.lifecycle.stop(study.id(), new Change("lee", "enough"));
    assertThat(tuner.studies.auditEvents(study.id(), Long.MAX_VALUE, 10))
        .extracting(event -> event.actor() + " " + event.action() + " " + event.reason())
        .containsSubsequence(
            "lee study.stopping enough",
            "kim study.running back",
            "kim study.paused lunch",
            "test study.create because a test wants it");
    assertThatThrownBy(() -> tuner.lifecycle.pause(study.id(), TEST))
        .isInstanceOf(FailedPrecondition.class);
  }

  @Test
  void enqueuedTrialsBeyondTheBudgetDoNotBlockItsEnd() {
    Study driven = tuner.running(choices(2).build());
    Lease lease = ask(driven);
    tuner.queue.enqueue(
        driven.id(),
        List.of(
            lease.trial().configuration(),
            lease.trial().configuration(),
            lease.trial().configuration()),
        TEST);
    tuner.work.tell(lease.attempt(), lease.token(), new Outcome.Preempted("a test"));
    Lease next = ask(driven);
    assertThat(next.trial().id()).isEqualTo(lease.trial().id());
    complete(next, 1);
    complete(ask(driven), 1);
    Study end = tuner.studies.get(driven.id());
    assertThat(end.state()).isEqualTo(StudyState.COMPLETED);
    assertThat(end.progress().stopped()).isEqualTo(2);
  }
}
