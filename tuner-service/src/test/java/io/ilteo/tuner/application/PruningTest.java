package io.ilteo.tuner.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.PrunerSpec;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.persistence.PgTrialReader;
import io.ilteo.tuner.simulated.Landscape;
import io.ilteo.tuner.simulated.SimulatedTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What reports make of a trial. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PruningTest {
  private static final Duration LEASE = Duration.ofSeconds(60);

  private TunerFixture tuner;

  @BeforeAll
  void begin() throws SQLException {
    tuner = TunerFixture.on(TestDatabase.create("tuner"), "");
  }

  @AfterAll
  void end() {
    tuner.close();
  }

  private Study study(Objective.Builder... objectives) {
    StudySpec.Builder spec =
        StudySpec.newBuilder()
            .setSearchSpace(SimulatedTask.space(Landscape.BRANIN))
            .setPruner(
                PrunerSpec.newBuilder()
                    .setName("median")
                    .putSettings("min_trials", 3)
                    .putSettings("warmup_steps", 0))
            .setBudget(50)
            .setParallelism(50);
    for (Objective.Builder objective : objectives) {
      spec.addObjectives(objective);
    }
    return tuner.running(spec.build());
  }

  private static Objective.Builder objective(String metric, Direction direction) {
    return Objective.newBuilder().setMetric(metric).setDirection(direction);
  }

  private Lease ask(Study study) {
    return ((ClaimResult.Leased)
            tuner.work.ask(study.id(), new Asking("test", LEASE, Optional.empty())))
        .lease();
  }

  private TrialWork.Reported report(Lease lease, long step, Map<String, Double> metrics) {
    return tuner.work.report(
        lease.attempt(), lease.token(), List.of(Measurement.at(step, metrics, Duration.ZERO)), "");
  }

  @Test
  void ofSeveralObjectivesADominatedTrialIsPrunedAndEachDecisionIsKept() {
    Study study =
        study(
            objective("rmse", Direction.DIRECTION_MINIMIZE),
            objective("qwk", Direction.DIRECTION_MAXIMIZE));
    List<Lease> leases = new ArrayList<>();
    double[][] front = {{60, 0.3}, {65, 0.4}, {70, 0.5}, {80, 0.6}};
    for (double[] values : front) {
      Lease lease = ask(study);
      leases.add(lease);
      assertThat(report(lease, 1, Map.of("rmse", values[0], "qwk", values[1])).shouldStop())
          .isFalse();
    }
    Lease worse = ask(study);
    TrialWork.Reported reported = report(worse, 1, Map.of("rmse", 90.0, "qwk", 0.2));

    assertThat(reported.shouldStop()).isTrue();
    PruningDecision decision = reported.decision().orElseThrow();
    assertThat(decision.rule()).isEqualTo("median");
    assertThat(decision.value()).isEqualTo(1);
    assertThat(decision.threshold()).isLessThan(1);
    assertThat(decision.comparisonSet())
        .containsExactlyElementsOf(leases.stream().map(l -> l.trial().id().number()).toList());
    Trial pruned =
        tuner.work.tell(
            worse.attempt(),
            worse.token(),
            tuner.work.pruned(worse.attempt().trial(), decision.rule()));
    assertThat(tuner.trials.get(pruned.id()).decision()).contains(decision);
    assertThat(pruned.objectives()).containsExactly(90.0, 0.2);
    // Those that let a trial go on, too.
    assertThat(storedDecisions(study)).isEqualTo(5);
  }

  @Test
  void aMaximisedObjectiveIsPrunedFromBelow() {
    Study study = study(objective("r2", Direction.DIRECTION_MAXIMIZE));
    for (double value : new double[] {0.5, 0.6, 0.7}) {
      assertThat(report(ask(study), 1, Map.of("r2", value)).shouldStop()).isFalse();
    }
    assertThat(report(ask(study), 1, Map.of("r2", 0.65)).shouldStop()).isFalse();
    assertThat(report(ask(study), 1, Map.of("r2", 0.1)).shouldStop()).isTrue();
  }

  private int storedDecisions(Study study) {
    return tuner.transactions.call(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      """
                      SELECT count(*) FROM pruning_decision d JOIN trial t ON t.id = d.trial_id
                       WHERE cardinality(d.comparison_set) < 5 AND t.study_id =
                      """
                          + study.id().value())) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  @Test
  void rememberedCurvesAreThoseOfTheRecord() {
    Study study = study(objective("loss", Direction.DIRECTION_MINIMIZE));
    SplittableRandom random = new SplittableRandom(1);
    List<Lease> open = new ArrayList<>();
    Map<Lease, Long> steps = new java.util.HashMap<>();
    for (int i = 0; i < 150; i++) {
      if (open.size() < 4) {
        open.add(ask(study));
      }
      Lease lease = open.get(random.nextInt(open.size()));
      long step = steps.merge(lease, 1L, Long::sum);
      report(
          lease, step, step % 3 == 0 ? Map.of("other", 1.0) : Map.of("loss", random.nextDouble()));
      if (random.nextInt(5) == 0) {
        open.remove(lease);
        tuner.work.tell(
            lease.attempt(),
            lease.token(),
            random.nextBoolean()
                ? new Outcome.Failed("a test")
                : Outcomes.of(study.objectives(), Map.of("loss", 1.0), ""));
      }
      if (i % 10 == 0) {
        assertThat(tuner.trials.curves(study.id(), "loss"))
            .isEqualTo(new PgTrialReader(tuner.transactions).curves(study.id(), "loss"));
      }
    }
    assertThat(tuner.trials.curves(study.id(), "loss")).hasSizeGreaterThan(10);
    assertThat(tuner.trials.curves(study.id(), "nothing")).isEmpty();
  }
}
