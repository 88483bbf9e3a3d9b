package io.ilteo.tuner.application;

import static io.ilteo.tuner.TunerFixture.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.search.v1.DoubleDomain;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.Scale;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.proto.tuner.v1.MetricConstraint;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.StopRules;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.study.StudyState;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that end a study before its budget, and constraints that decide what is best. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoppingTest {
  private static final java.time.Duration LEASE = java.time.Duration.ofSeconds(60);

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

  /** A study of one number in [0, 1] that the test drives. */
  private static StudySpec.Builder spec(StopRules.Builder rules) {
    return TunerFixture.driven(
            SearchSpace.newBuilder()
                .addParameters(
                    ParameterSpec.newBuilder()
                        .setName("x")
                        .setDoubleDomain(
                            DoubleDomain.newBuilder().setMax(1).setScale(Scale.SCALE_LINEAR)))
                .build())
        .setStopRules(rules)
        .setBudget(100)
        .setParallelism(4)
        .setSeed(3);
  }

  private static Objective.Builder objective(String metric) {
    return Objective.newBuilder().setMetric(metric).setDirection(Direction.DIRECTION_MINIMIZE);
  }

  private Trial complete(Study study, Map<String, Double> metrics) {
    Lease lease = ask(study);
    return tuner.work.tell(
        lease.attempt(), lease.token(), Outcomes.of(study.objectives(), metrics, ""));
  }

  private Lease ask(Study study) {
    return ((ClaimResult.Leased)
            tuner.work.ask(study.id(), new Asking("test", LEASE, Optional.empty())))
        .lease();
  }

  private Study now(Study study) {
    return tuner.studies.get(study.id());
  }

  @Test
  void studyStopsOnceLittleIsLeftToGain() {
    Study study = tuner.running(spec(StopRules.newBuilder().setRegretBound(0.05)).build());
    while (now(study).state() == StudyState.RUNNING && now(study).progress().completed() < 60) {
      Lease lease = ask(study);
      double x = ((DoubleValue) lease.trial().configuration().require("x")).value();
      double loss = (x - 0.3) * (x - 0.3);
      tuner.work.tell(
          lease.attempt(),
          lease.token(),
          Outcomes.of(study.objectives(), Map.of("loss", loss), ""));
    }
    Study end = now(study);
    assertThat(end.state()).isEqualTo(StudyState.STOPPED);
    assertThat(end.stateReason()).contains("estimated bound on regret; 0.05000 was asked for");
    assertThat(end.progress().completed()).isBetween(10, 59);
    assertThat(end.progress().bestValue().orElseThrow()).isLessThan(0.05);
  }

  @Test
  void studyGoesOnWhileMuchMayBeGained() {
    Study study = tuner.running(spec(StopRules.newBuilder().setRegretBound(1e-9)).build());
    for (int i = 0; i < 15; i++) {
      complete(study, Map.of("loss", Math.sin(7.0 * i)));
    }
    assertThat(now(study).state()).isEqualTo(StudyState.RUNNING);
  }

  @Test
  void studyStopsWhenItsTimeIsOverThoughNobodyTells() {
    Duration limit = Duration.newBuilder().setSeconds(60).build();
    Study study = tuner.running(spec(StopRules.newBuilder().setMaxDuration(limit)).build());
    begunBefore(study, 30);
    tuner.stopping.afterTime(now(study));
    assertThat(now(study).state()).isEqualTo(StudyState.RUNNING);

    begunBefore(study, 60);
    tuner.stopping.beforeTrial(study.id());
    assertThat(now(study).state()).isEqualTo(StudyState.STOPPED);
    assertThat(now(study).stateReason()).isEqualTo("its time of PT1M is over");
    assertThat(tuner.work.ask(study.id(), new Asking("test", LEASE, Optional.empty())))
        .isInstanceOf(ClaimResult.NotRunning.class);
  }

  /** Time by the database's clock: no other one is asked. */
  private void begunBefore(Study study, int seconds) {
    database.execute(
        "UPDATE study SET started_at = now() - interval '%d s' WHERE id = %d"
            .formatted(seconds, study.id().value()));
  }

  @Test
  void withSeveralObjectivesATrialThatJoinsTheFrontIsAnImprovement() {
    Study study =
        tuner.running(
            spec(StopRules.newBuilder().setNoImprovementTrials(2))
                .addObjectives(objective("cost"))
                .build());
    complete(study, Map.of("loss", 1.0, "cost", 9.0));
    complete(study, Map.of("loss", 5.0, "cost", 10.0));
    // Worse by the first objective, and yet nobody dominates it.
    complete(study, Map.of("loss", 2.0, "cost", 3.0));
    complete(study, Map.of("loss", 2.0, "cost", 4.0));
    assertThat(now(study).state()).isEqualTo(StudyState.RUNNING);
    complete(study, Map.of("loss", 3.0, "cost", 3.0));
    assertThat(now(study).state()).isEqualTo(StudyState.STOPPED);
    assertThat(now(study).stateReason()).contains("2 trials without a better one than the 2 of");
  }

  @Test
  void aTrialThatBreaksAConstraintIsNeitherBestNorReachesTheGoal() {
    StudySpec.Builder spec =
        spec(StopRules.newBuilder().setStopAtGoal(true))
            .addMetricConstraints(
                MetricConstraint.newBuilder().setMetric("gap").setUpperBound(0.1));
    Study study = tuner.running(spec.setObjectives(0, objective("loss").setGoal(1)).build());
    complete(study, Map.of("loss", 0.5, "gap", 0.2));
    complete(study, Map.of("loss", 0.4));
    complete(study, Map.of("loss", 0.3, "gap", Double.NaN));
    assertThat(now(study).progress().bestTrial()).isEmpty();

    Trial feasible = complete(study, Map.of("loss", 7.0, "gap", 0.1));
    assertThat(now(study).progress().bestTrial()).hasValue(feasible.id().number());
    assertThat(now(study).state()).isEqualTo(StudyState.RUNNING);
    tuner.record.confirm(study.id(), 3, 2, TEST);
    assertThat(tuner.trials.confirmations(study.id()))
        .extracting(Confirmation::trial)
        .containsExactly(feasible.id());

    complete(study, Map.of("loss", 0.9, "gap", 0.0));
    assertThat(now(study).state()).isEqualTo(StudyState.STOPPED);
  }

  @Test
  void confirmationOfSeveralObjectivesTakesTheFrontItsEndsFirstAndRecordsEachObjective() {
    Study study =
        tuner.running(spec(StopRules.newBuilder()).addObjectives(objective("cost")).build());
    complete(study, Map.of("loss", 2.0, "cost", 5.0));
    complete(study, Map.of("loss", 1.0, "cost", 9.0));
    complete(study, Map.of("loss", 2.5, "cost", 4.5));
    complete(study, Map.of("loss", 9.0, "cost", 1.0));
    complete(study, Map.of("loss", 2.0, "cost", 6.0));
    complete(study, Map.of("loss", 4.0, "cost", 3.0));
    tuner.record.confirm(study.id(), 3, 2, TEST);
    assertThat(tuner.trials.confirmations(study.id()))
        .extracting(confirmation -> confirmation.trial().number())
        .as("both ends, then the one that stands most alone")
        .containsExactlyInAnyOrder(2, 4, 6);
    tuner.record.confirm(study.id(), 16, 2, TEST);
    assertThat(tuner.trials.confirmations(study.id()))
        .extracting(confirmation -> confirmation.trial().number())
        .as("the whole front, and no dominated trial")
        .containsExactlyInAnyOrder(1, 2, 3, 4, 6);

    // Confirmations run before the search goes on: the first to be queued is trial 2's.
    complete(study, Map.of("loss", 3.0, "cost", 10.0));
    complete(study, Map.of("loss", 5.0, "cost", 12.0));
    Confirmation confirmed =
        tuner.trials.confirmations(study.id()).stream()
            .filter(confirmation -> confirmation.open() == 0)
            .findFirst()
            .orElseThrow();
    assertThat(confirmed.trial().number()).isEqualTo(2);
    assertThat(confirmed.objectives())
        .extracting(measured -> measured.objective().metric())
        .containsExactly("loss", "cost");
    assertThat(confirmed.objectives())
        .extracting(measured -> measured.selectedValue())
        .containsExactly(1.0, 9.0);
    assertThat(confirmed.objectives())
        .extracting(measured -> measured.estimate().orElseThrow().mean())
        .containsExactly(4.0, 11.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop_at_goal: true          | stop_at_goal needs a goal for each objective
          no_improvement_trials: -1   | no_improvement_trials is -1; 0 or more
          regret_bound: -0.5          | regret_bound is -0.5; a finite number, 0 or more
          max_duration { seconds: -1 } | max_duration is not positive
          """)
  void ruleThatCannotHoldIsRefused(String rules, String words) throws Exception {
    StopRules.Builder wrong = StopRules.newBuilder();
    com.google.protobuf.TextFormat.merge(rules, wrong);
    assertThatThrownBy(() -> tuner.running(spec(wrong).build()))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining(words);
  }

  @Test
  void boundOnRegretOfSeveralObjectivesIsRefused() {
    StudySpec several =
        spec(StopRules.newBuilder().setRegretBound(1)).addObjectives(objective("cost")).build();
    assertThatThrownBy(() -> tuner.running(several))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("needs a single objective; there are 2");
  }
}
