package io.ilteo.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.tuner.TunerFixture;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.study.AttemptState;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.TrialId;
import io.ilteo.tuner.domain.study.TrialState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * From each version that the schema ever had, with rows as that version wrote them, to the newest:
 * today's stores read all of it, and a study in the middle of its work goes on to its budget.
 */
class UpgradeTest {
  private static final Duration LEASE = Duration.ofSeconds(60);

  @TestFactory
  List<DynamicTest> everyEarlierVersionUpgradesToTheNewest() {
    // Goes from version to version; what is upgraded to the newest is a copy.
    TestDatabase aging = TestDatabase.create("tuner");
    return Arrays.stream(flyway(aging, MigrationVersion.LATEST).info().all())
        .map(migration -> migration.getVersion())
        .map(
            version ->
                DynamicTest.dynamicTest(
                    "from version " + version, () -> upgradeFrom(version, aging)))
        .toList();
  }

  private static Flyway flyway(TestDatabase database, MigrationVersion target) {
    return Flyway.configure()
        .dataSource(database.dataSource())
        .schemas("tuner")
        .locations("db/tuner")
        .target(target)
        .load();
  }

  private static void upgradeFrom(MigrationVersion version, TestDatabase aging) throws Exception {
    int from = Integer.parseInt(version.getVersion());
    flyway(aging, version).migrate();
    aging.execute(rowsOf(from));
    TestDatabase database = aging.copy();
    // Migrates to the newest version, as a service does when it starts.
    try (TunerFixture tuner = TunerFixture.on(database, "")) {
      assertThat(flyway(database, MigrationVersion.LATEST).info().pending()).isEmpty();
      Map<String, Study> studies =
          tuner
              .studies
              .list(new StudyStore.Filter(Set.of(), "", "", ""), Long.MAX_VALUE, 100)
              .stream()
              .collect(Collectors.toMap(Study::displayName, Function.identity()));
      assertWhatEnded(tuner, study(studies, "ended at 1"));
      if (from >= 2) {
        assertConfirmation(tuner, study(studies, "confirmed at 2"));
      }
      if (from >= 5) {
        assertOrder(tuner, study(studies, "extremes at 5"));
      }
      if (from >= 6) {
        assertThat(byParameter(tuner, study(studies, "choices at 6"), "cell"))
            .containsExactly(1, 2);
      }
      if (from >= 7) {
        assertThat(study(studies, "constrained at 7").progress().bestTrial()).hasValue(2);
      }
      if (from >= 12) {
        Study counted = study(studies, "counted at 12");
        assertThat(counted.progress().historyLength()).isEqualTo(2);
        assertThat(counted.progress().waiting()).isEqualTo(1);
        assertThat(counted.progress().failed()).isEqualTo(1);
        assertThat(counted.progress().bestValue()).hasValue(2.5);
        assertThat(counted.folds().map(folds -> folds.getTest().getSequences()))
            .isEqualTo(from >= 17 ? Optional.of(16L) : Optional.empty());
      }
      assertGoesOn(tuner, study(studies, "running at 1"));
    }
  }

  private static Study study(Map<String, Study> studies, String name) {
    @Nullable Study found = studies.get(name);
    assertThat(found).as(name).isNotNull();
    return java.util.Objects.requireNonNull(found);
  }

  /** Every version has a script: one that is forgotten fails here. */
  private static String rowsOf(int version) throws IOException {
    String script = "/upgrade/V" + version + ".sql";
    try (InputStream in = UpgradeTest.class.getResourceAsStream(script)) {
      assertThat(in).as(script + ": rows as that version writes them").isNotNull();
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertWhatEnded(TunerFixture tuner, Study study) {
    assertThat(study.state()).isEqualTo(StudyState.COMPLETED);
    assertThat(study.progress().completed()).isEqualTo(2);
    assertThat(study.spec().getBudget()).isEqualTo(2);
    assertThat(study.space().parameters()).hasSize(2);
    Trial best = tuner.trials.get(new TrialId(study.id(), 2));
    assertThat(best.objectives()).containsExactly(1.25);
    assertThat(best.metrics().get("other")).isNaN();
    assertThat(best.configuration().values())
        .containsEntry("x", new ParameterValue.IntegerValue(20))
        .containsEntry("rate", new ParameterValue.DoubleValue(0.02));
    assertThat(best.candidate()).isEqualTo("candidates/2");
    assertThat(tuner.trials.measurements(best.id(), -1, 100))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.metrics()).containsEntry("loss", 9.5));
    assertThat(tuner.trials.curves(study.id(), "loss")).hasSize(2);
    assertThat(byParameter(tuner, study, "x")).containsExactly(2, 1);
    assertThat(tuner.studies.auditEvents(study.id(), Long.MAX_VALUE, 10))
        .singleElement()
        .satisfies(event -> assertThat(event.actor()).isEqualTo("ada"));
  }

  /** What later versions keep beside the trials is made from the trials that are there. */
  private static List<Integer> byParameter(TunerFixture tuner, Study study, String name) {
    return tuner
        .trials
        .list(
            new TrialReader.Query(
                study.id(), Set.of(), TrialReader.Order.PARAMETER, name, true, 0, 10))
        .trials()
        .stream()
        .map(trial -> trial.id().number())
        .toList();
  }

  private static void assertConfirmation(TunerFixture tuner, Study study) {
    assertThat(study.spec().getComputeGroup()).isEqualTo("gpu");
    assertThat(tuner.trials.confirmations(study.id()))
        .singleElement()
        .satisfies(confirmation -> assertThat(confirmation.toString()).contains("2.5"));
    Trial pruned = tuner.trials.get(new TrialId(study.id(), 2));
    assertThat(pruned.state()).isEqualTo(TrialState.PRUNED);
    assertThat(pruned.reason()).isEqualTo("median at step 1");
  }

  private static void assertOrder(TunerFixture tuner, Study study) {
    assertThat(
            tuner
                .trials
                .list(
                    new TrialReader.Query(
                        study.id(), Set.of(), TrialReader.Order.OBJECTIVE, false, 0, 10))
                .trials())
        .extracting(trial -> trial.id().number())
        .containsExactly(2, 1, 3);
  }

  private static void assertGoesOn(TunerFixture tuner, Study study) {
    tuner.queue.expireLeases();
    tuner.transactions.run(
        connection -> connection.createStatement().execute("UPDATE trial SET not_before = now()"));
    int told = 0;
    while (tuner.work.ask(study.id(), new Asking("worker", LEASE, Optional.empty()))
        instanceof ClaimResult.Leased(Lease lease)) {
      if (lease.trial().id().number() == 2) {
        assertThat(lease.attempt().number()).isEqualTo(2);
        assertThat(lease.trial().checkpoint()).isEqualTo("checkpoints/22");
        assertThat(lease.trial().attempts().getFirst().state()).isEqualTo(AttemptState.LOST);
      }
      tuner.work.tell(
          lease.attempt(),
          lease.token(),
          new Outcome.Completed(Map.of("loss", 1.0), List.of(1.0), ""));
      told++;
    }
    Study ended = tuner.studies.get(study.id());
    assertThat(told).isEqualTo(3);
    assertThat(ended.state()).isEqualTo(StudyState.COMPLETED);
    assertThat(ended.progress().completed()).isEqualTo(4);
    assertThat(tuner.trials(study.id())).hasSize(4);
  }
}
