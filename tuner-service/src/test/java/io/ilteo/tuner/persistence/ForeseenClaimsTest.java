package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.SamplerSpec;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Proposals;
import io.ilteo.tuner.application.Told;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.persistence.ExplainedDatabase.Explained;
import io.ilteo.tuner.simulated.Landscape;
import io.ilteo.tuner.simulated.SimulatedTask;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Trials that are proposed before the database is asked are those that it would have been given.
 */
class ForeseenClaimsTest {
  private static final Asking ASKING = new Asking("test", Duration.ofSeconds(60), Optional.empty());

  private final ExplainedDatabase plans = new ExplainedDatabase();
  private TestDatabase database;
  private TunerFixture tuner;
  private TunerFixture other;
  private StudyId study;

  @BeforeEach
  void begin() throws SQLException {
    database = TestDatabase.create("tuner");
    tuner =
        new TunerFixture(
            database.jdbcUrl(), database.user(), database.password(), "", plans::around);
    other = TunerFixture.on(database, "");
    study = tuner.running(spec().build()).id();
  }

  @AfterEach
  void end() {
    tuner.close();
    other.close();
  }

  private static StudySpec.Builder spec() {
    return TunerFixture.driven(SimulatedTask.space(Landscape.BRANIN))
        .setSampler(SamplerSpec.newBuilder().setName("tpe"))
        .clearObjectives()
        .addObjectives(
            Objective.newBuilder().setMetric("loss").setDirection(Direction.DIRECTION_MAXIMIZE))
        .setParallelism(2)
        .setBudget(60);
  }

  private static Lease leased(ClaimResult result) {
    assertThat(result).isInstanceOf(ClaimResult.Leased.class);
    return ((ClaimResult.Leased) result).lease();
  }

  private static Lease ask(TunerFixture tuner, StudyId study) {
    return leased(tuner.work.ask(study, ASKING));
  }

  private static Outcome outcome(Lease lease) {
    double loss = Math.sin(7.0 * lease.trial().id().number());
    return lease.trial().id().number() % 5 == 0
        ? new Outcome.Failed("a test")
        : new Outcome.Completed(Map.of("loss", loss), List.of(loss), "");
  }

  private static void tell(TunerFixture tuner, Lease lease) {
    tuner.work.tell(lease.attempt(), lease.token(), outcome(lease));
  }

  private static Told tellAndAsk(TunerFixture tuner, Lease lease) {
    return tuner.work.tellAndAsk(lease.attempt(), lease.token(), outcome(lease), ASKING);
  }

  /** A lease of a study that can be foreseen: so far only this replica has changed it. */
  private Lease foreseeable() {
    Lease lease = ask(tuner, study);
    for (int i = 0; i < 3; i++) {
      lease = leased(tellAndAsk(tuner, lease).next());
    }
    plans.take();
    return lease;
  }

  private boolean wasForeseen() {
    List<Explained> statements = plans.take();
    boolean asked = statements.stream().anyMatch(e -> e.sql().contains("has_waiting"));
    boolean proposed = statements.stream().anyMatch(e -> e.sql().contains("WITH expected"));
    assertThat(statements).as("statements").isNotEmpty();
    // Its plans are of a young database, and serve for long (YoungDatabaseTest).
    assertThat(statements)
        .allSatisfy(e -> assertThat(e.plan()).doesNotContainPattern("trial_by_|Seq Scan on trial"));
    return proposed && !asked;
  }

  private void assertReplayed(int suggestions) {
    var replay = other.record.replay(study, new Proposals());
    assertThat(replay.firstDifference()).isEmpty();
    assertThat(replay.reproduced()).isEqualTo(suggestions);
  }

  @Test
  void trialsOfASoleClientAreProposedAheadAndReplayedBitForBit() {
    Lease lease = foreseeable();
    for (int number = 5; number <= 20; number++) {
      lease = leased(tellAndAsk(tuner, lease).next());
      assertThat(lease.trial().id().number()).isEqualTo(number);
      assertThat(wasForeseen()).isTrue();
    }
    for (int number = 21; number <= 30; number++) {
      tell(tuner, lease);
      lease = ask(tuner, study);
      assertThat(lease.trial().id().number()).isEqualTo(number);
      assertThat(wasForeseen()).isTrue();
    }
    Lease second = ask(tuner, study);
    assertThat(wasForeseen()).isTrue();
    tell(tuner, lease);
    tell(tuner, second);
    assertThat(tuner.trials.get(second.trial().id()).configuration())
        .isEqualTo(second.trial().configuration());
    assertReplayed(31);
  }

  @Test
  void whereAnotherReplicaHasAskedOrToldTheDatabaseIsAsked() {
    Lease lease = foreseeable();
    Lease theirs = ask(other, study);
    tell(tuner, lease);
    Lease mine = ask(tuner, study);
    assertThat(mine.trial().id().number()).isEqualTo(theirs.trial().id().number() + 1);
    tell(other, theirs);
    lease = leased(tellAndAsk(tuner, mine).next());
    assertThat(lease.trial().id().number()).isEqualTo(mine.trial().id().number() + 1);
    for (int i = 0; i < 20; i++) {
      lease = leased(tellAndAsk(i % 3 == 0 ? other : tuner, lease).next());
    }
    assertReplayed(lease.trial().id().number());
  }

  @Test
  void tellThatIsRefusedBeginsNoTrialEvenIfTheTrialEndedAsItSaid() {
    Lease late = foreseeable();
    database.execute(
        "UPDATE trial SET lease_expires_at = now() - interval '1 second' WHERE state = 'RUNNING'");
    other.queue.expireLeases();
    database.execute("UPDATE trial SET not_before = now() WHERE state = 'WAITING'");
    Lease again = ask(other, study);
    assertThat(again.attempt().number()).isEqualTo(2);
    tell(other, again);

    assertThatThrownBy(() -> tellAndAsk(tuner, late)).isInstanceOf(Aborted.class);
    assertThat(tuner.studies.get(study).progress().inFlight()).isZero();
  }

  @Test
  void studyThatWasPausedOrGivenTrialsIsSeenAsItIs() {
    Lease lease = foreseeable();
    other.studies.transition(
        study, Set.of(StudyState.RUNNING), StudyState.PAUSED, TunerFixture.TEST);
    assertThat(tellAndAsk(tuner, lease).next()).isInstanceOf(ClaimResult.NotRunning.class);
    other.studies.transition(
        study, Set.of(StudyState.PAUSED), StudyState.RUNNING, TunerFixture.TEST);

    lease = foreseeable();
    var wanted =
        other.queue.enqueue(study, List.of(lease.trial().configuration()), TunerFixture.TEST);
    assertThat(leased(tellAndAsk(tuner, lease).next()).trial().id())
        .isEqualTo(wanted.getFirst().id());
  }

  @Test
  void resultIsKeptEvenIfNothingCanBeProposedAfterIt() {
    Lease lease = foreseeable();
    assertThatThrownBy(
            () ->
                tuner.queue.tellAndClaim(
                    lease.attempt(),
                    lease.token(),
                    outcome(lease),
                    ASKING,
                    (s, number, finished, running) -> {
                      throw new IllegalStateException("no admissible configuration");
                    }))
        .hasMessageContaining("no admissible configuration");
    assertThat(tuner.trials.get(lease.trial().id()).state()).isEqualTo(TrialState.COMPLETED);
  }

  @Test
  void nothingIsProposedAheadWhileEverySlotIsTaken() {
    Lease lease = foreseeable();
    Lease second = ask(tuner, study);
    plans.take();
    assertThat(tuner.work.ask(study, ASKING)).isInstanceOf(ClaimResult.NothingFree.class);
    assertThat(plans.take()).noneMatch(e -> e.sql().contains("WITH expected"));
    tell(tuner, second);
    plans.take();
    tellAndAsk(tuner, lease);
    assertThat(wasForeseen()).isTrue();
  }

  @Test
  void lastPlaceIsGivenOnce() {
    study = tuner.running(spec().setBudget(6).setParallelism(1).build()).id();
    Lease lease = foreseeable();
    while (tellAndAsk(tuner, lease).next() instanceof ClaimResult.Leased(Lease next)) {
      assertThat(tuner.work.ask(study, ASKING)).isInstanceOf(ClaimResult.NothingFree.class);
      lease = next;
    }
    var progress = tuner.studies.get(study).progress();
    assertThat(progress.finished()).isEqualTo(6);
    assertThat(progress.inFlight()).isZero();
  }
}
