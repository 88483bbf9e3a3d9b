package io.ilteo.tuner.application;

import static io.ilteo.tuner.TunerFixture.TEST;
import static io.ilteo.tuner.TunerFixture.simulated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.Unavailable;
import io.ilteo.servicekit.jdbc.DatabaseFailure;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.dispatch.Dispatcher;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import io.ilteo.tuner.simulated.Faults;
import io.ilteo.tuner.simulated.SimulatedTask;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Winners: confirmed on fresh seeds, and promoted together with their audit row. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromotionTest {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private SimulatedTask task;
  private TunerFixture tuner;
  private Dispatcher dispatcher;

  @BeforeAll
  void begin() throws IOException, SQLException {
    task = new SimulatedTask(0, Faults.none());
    tuner = TunerFixture.on(TestDatabase.create("tuner"), task.target());
    dispatcher = tuner.dispatcher("first", LEASE);
    dispatcher.start();
  }

  @AfterAll
  void end() {
    dispatcher.close();
    tuner.close();
    task.close();
  }

  @Test
  void winnersAreConfirmedOnFreshSeedsAfterTheBudgetIsSpent() {
    Study study = tuner.running(simulated("branin", 6, 3).build());
    tuner.awaitEnd(study.id(), LIMIT);
    Promotion promotion = new Promotion(tuner.studies, tuner.trials, tuner.services);
    TrialId best =
        new TrialId(study.id(), tuner.studies.get(study.id()).progress().bestTrial().orElseThrow());
    assertThatThrownBy(() -> promotion.promote(best, "champion", false, TEST))
        .isInstanceOf(FailedPrecondition.class)
        .hasMessageContaining("is not confirmed");

    tuner.record.confirm(study.id(), 2, 3, TEST);
    tuner.record.confirm(study.id(), 2, 3, TEST);
    tuner.await(
        study.id(),
        LIMIT,
        s ->
            tuner.trials.confirmations(s.id()).stream()
                .allMatch(c -> c.open() == 0 && c.seeds() == 3));

    List<Confirmation> confirmations = tuner.trials.confirmations(study.id());
    assertThat(confirmations).hasSize(2);
    Confirmation winner =
        confirmations.stream().filter(c -> c.trial().equals(best)).findFirst().orElseThrow();
    assertThat(winner.candidates()).hasSize(3).doesNotHaveDuplicates();
    assertThat(winner.first().estimate())
        .hasValueSatisfying(
            estimate -> assertThat(estimate.mean()).isEqualTo(winner.first().selectedValue()));
    Study end = tuner.studies.get(study.id());
    assertThat(end.progress().completed()).isEqualTo(6);
    assertThat(end.state()).isEqualTo(StudyState.COMPLETED);
    assertThat(tuner.trials(study.id()))
        .filteredOn(trial -> trial.origin() == TrialOrigin.CONFIRMATION)
        .allMatch(trial -> trial.state() == TrialState.COMPLETED)
        .extracting(Trial::seed)
        .doesNotHaveDuplicates();
  }

  @Test
  void aliasIsMovedOnlyTogetherWithItsAuditRow() {
    Study study = tuner.running(simulated("branin", 2, 2).build());
    tuner.awaitEnd(study.id(), LIMIT);
    tuner.record.confirm(study.id(), 1, 3, TEST);
    tuner.await(
        study.id(),
        LIMIT,
        s -> tuner.trials.confirmations(s.id()).stream().allMatch(c -> c.seeds() == 3));
    TrialId winner = tuner.trials.confirmations(study.id()).getFirst().trial();
    Promotion promotion = new Promotion(tuner.studies, tuner.trials, tuner.services);

    tuner.execute(
        "CREATE TRIGGER no_promotions BEFORE INSERT ON audit_event FOR EACH ROW"
            + " WHEN (NEW.action = 'trial.promote') EXECUTE FUNCTION refuse_change()");
    try {
      assertThatThrownBy(() -> promotion.promote(winner, "unaudited", true, TEST))
          .isInstanceOf(DatabaseFailure.class);
    } finally {
      tuner.execute("DROP TRIGGER no_promotions ON audit_event");
    }
    assertThat(task.registry().aliases()).doesNotContainKey("unaudited");

    task.registry().refuseAliases(true);
    assertThatThrownBy(() -> promotion.promote(winner, "audited", true, TEST))
        .isInstanceOf(Unavailable.class);
    assertThat(promotions(study)).isEmpty();

    task.registry().refuseAliases(false);
    Promotion.Promoted promoted = promotion.promote(winner, "audited", true, TEST);
    assertThat(task.registry().aliases()).containsEntry("audited", promoted.modelVersion());
    assertThat(promotions(study))
        .singleElement()
        .satisfies(event -> assertThat(event.detailJson()).contains(promoted.modelVersion()));
  }

  private List<StudyStore.AuditEvent> promotions(Study study) {
    return tuner.studies.auditEvents(study.id(), Long.MAX_VALUE, 10).stream()
        .filter(event -> event.action().equals("trial.promote"))
        .toList();
  }
}
