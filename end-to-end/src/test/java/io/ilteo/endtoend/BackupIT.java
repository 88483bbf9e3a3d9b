package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.ilteo.cli.platform.PlatformPort;
import io.ilteo.endtoend.Installation.Result;
import io.ilteo.endtoend.Installation.Running;
import io.ilteo.proto.model.v1.GetModelVersionRequest;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.PersonHistory;
import io.ilteo.proto.model.v1.Wave;
import io.ilteo.proto.tuner.v1.ConfirmWinnersRequest;
import io.ilteo.proto.tuner.v1.PromoteTrialRequest;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.wage.v1.PredictWagesRequest;
import io.ilteo.proto.wage.v1.PredictWagesResponse;
import io.ilteo.proto.wage.v1.WageServiceGrpc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * In the middle of two studies: back up, lose everything, restore. They go on to exactly their
 * budgets, and a process that outlived its database writes nothing into the one that came back.
 */
@EnabledIfSystemProperty(named = "it.backup", matches = "true")
class BackupIT {
  private static final int TRIALS = 5;
  private static final long PATIENCE_SECONDS = 240;

  @TempDir Path folder;
  private Installation lost;
  private Installation restored;

  @BeforeEach
  void install() {
    lost = new Installation(folder.resolve("lost"));
    restored = lost;
  }

  @AfterEach
  void leaveNothingRunning() throws Exception {
    lost.close();
    restored.close();
  }

  @Test
  void studiesGoOnAfterTheirDatabaseWasLost() throws Exception {
    Path archive = folder.resolve("backup.zip");
    backUpInMidStudy(archive);
    ProcessHandle survivor = loseEverythingBut("tuner-service");
    // Its ports are chosen now: earlier, connections of the first platform could have taken them
    // since.
    restored = lost.elsewhere(folder.resolve("restored"));

    assertDamageIsRefused(archive);
    Result restore = restored.run("restore", archive.toString(), "--json");
    assertThat(restore.exitCode()).as(restore.err()).isZero();
    assertThat(restore.json().getLast().path("revoked_leases").asInt()).isPositive();
    Result again = restored.run("restore", archive.toString());
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("holds data", "--overwrite");

    Result up = restored.run("up");
    assertThat(up.exitCode()).as(up.err()).isZero();
    Result whileUp = restored.run("restore", archive.toString(), "--overwrite");
    assertThat(whileUp.err()).contains("tuner-service", "./ilteo down first");
    Installation.signal(survivor, "CONT");
    awaitEnd();
    assertExactlyTheBudget();
    assertTheSurvivorWasKeptOut();
    survivor.destroyForcibly();
    assertChampionPredicts();
    assertASchemaOfTheFutureIsRefused();
  }

  /** A run is killed once trials have ended and others train; its services go on. */
  private void backUpInMidStudy(Path archive) throws Exception {
    assertThat(lost.run("up").exitCode()).isZero();
    Running run =
        lost.start(
            "run",
            "--trials",
            Integer.toString(TRIALS),
            "--persons",
            "300",
            "--max-epochs",
            "6",
            "--without-joint");
    await(
        lost,
        "SELECT count(*) FROM tuner.trial t WHERE state = 'RUNNING' AND EXISTS (SELECT FROM"
            + " tuner.trial d WHERE d.study_id = t.study_id AND d.state = 'COMPLETED')");
    Result backup = lost.run("backup", archive.toString(), "--json");
    run.kill();
    assertThat(backup.exitCode()).as(backup.err()).isZero();
    assertThat(backup.json().getLast().path("rows").asLong()).isPositive();
    // What happens now is lost.
    await(lost, "SELECT count(*) FROM tuner.trial WHERE state = 'COMPLETED' AND number > 1");
  }

  /** One process is only stopped: it wakes up in a world that has gone back in time. */
  private ProcessHandle loseEverythingBut(String part) throws Exception {
    ProcessHandle survivor = lost.process(part);
    Installation.signal(survivor, "STOP");
    lost.kill("wage-service");
    lost.kill("satisfaction-service");
    lost.kill("postgresql");
    try (Stream<Path> files = Files.walk(folder.resolve("lost"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    return survivor;
  }

  private void assertDamageIsRefused(Path archive) throws Exception {
    byte[] bytes = Files.readAllBytes(archive);
    Path damaged = folder.resolve("damaged.zip");
    bytes[bytes.length / 2] ^= 1;
    Files.write(damaged, bytes);
    Result refused = restored.run("restore", damaged.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err().lines()).singleElement().asString().contains("is damaged");
    assertThat(folder.resolve("restored/postgres")).doesNotExist();
    assertThat(restored.run("restore", folder + "/none.zip").exitCode()).isEqualTo(4);
  }

  private void awaitEnd() throws Exception {
    await(restored, "SELECT (count(*) = 2)::int FROM tuner.study WHERE state = 'COMPLETED'");
  }

  private static void await(Installation ilteo, String positive) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        if (ilteo.count(positive) > 0) {
          return;
        }
      } catch (java.sql.SQLException notYet) {
        assertThat(System.nanoTime()).as(notYet.getMessage()).isLessThan(end);
      }
      assertThat(System.nanoTime()).as(positive).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private void assertExactlyTheBudget() throws Exception {
    String wrong =
        """
        SELECT count(*) FROM tuner.study s WHERE state <> 'COMPLETED' OR %d <>
          (SELECT count(*) FROM tuner.trial t WHERE t.study_id = s.id AND t.state IN ('COMPLETED', 'PRUNED'))
        """
            .formatted(TRIALS);
    assertThat(restored.count("SELECT count(*) FROM tuner.study")).isEqualTo(2);
    assertThat(restored.count(wrong)).isZero();
    assertThat(restored.count("SELECT count(*) FROM tuner.attempt WHERE state = 'RUNNING'"))
        .isZero();
    assertThat(
            restored.count(
                "SELECT count(*) FROM tuner.attempt WHERE reason LIKE 'the database was restored%'"))
        .isPositive();
  }

  private void assertTheSurvivorWasKeptOut() throws Exception {
    Path log = folder.resolve("restored/postgres/postgres.log");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.readString(log).contains("password authentication failed for user \"tuner\"")) {
      assertThat(System.nanoTime()).as("the survivor knocks in vain").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertExactlyTheBudget();
  }

  private void assertChampionPredicts() throws Exception {
    ManagedChannel tuner = restored.channel(PlatformPort.TUNER_GRPC);
    ManagedChannel wage = restored.channel(PlatformPort.WAGE_GRPC);
    try {
      String best =
          restored.text(
              "SELECT 'studies/' || id || '/trials/' || best_trial FROM tuner.study WHERE task = 'wage'");
      StudyServiceGrpc.newBlockingStub(tuner)
          .withDeadlineAfter(30, TimeUnit.SECONDS)
          .confirmWinners(
              ConfirmWinnersRequest.newBuilder()
                  .setStudy(best.substring(0, best.indexOf("/trials/")))
                  .setTopK(1)
                  .setSeeds(2)
                  .build());
      await(
          restored,
          "SELECT (count(*) = 2)::int FROM tuner.trial"
              + " WHERE origin = 'CONFIRMATION' AND state = 'COMPLETED'");
      String version =
          StudyServiceGrpc.newBlockingStub(tuner)
              .withDeadlineAfter(3, TimeUnit.MINUTES)
              .promoteTrial(
                  PromoteTrialRequest.newBuilder()
                      .setTrial(best)
                      .setAlias("champion")
                      .setForce(true)
                      .setReason("a test")
                      .build())
              .getModelVersion();
      ModelVersion champion =
          ModelRegistryServiceGrpc.newBlockingStub(wage)
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .getModelVersion(GetModelVersionRequest.newBuilder().setName(version).build())
              .getModelVersion();
      PredictWagesResponse answer =
          WageServiceGrpc.newBlockingStub(wage)
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .predictWages(
                  PredictWagesRequest.newBuilder()
                      .setHistories(history(champion.getInputColumnsList()))
                      .build());
      assertThat(answer.getModelVersion()).isEqualTo(version);
      assertThat(answer.getPredictions(0).getWage()).isPositive();
    } finally {
      tuner.shutdownNow();
      wage.shutdownNow();
    }
  }

  /** As if a newer Ilteo had upgraded the tuner's schema. */
  private void assertASchemaOfTheFutureIsRefused() throws Exception {
    restored.text(
        "INSERT INTO tuner.flyway_schema_history SELECT 99, '99', 'later', 'SQL', 'V99__later.sql', 1,"
            + " installed_by, now(), 1, true FROM tuner.flyway_schema_history LIMIT 1 RETURNING 1");
    assertThat(restored.run("down").exitCode()).isZero();
    Result up = restored.run("up");
    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.err())
        .containsPattern(
            "schema tuner is at version 99, newer than the \\d+ that this program knows");
  }

  /** A person of whom age and sex are known. */
  private static HistoryBatch history(List<String> columns) {
    PersonHistory.Builder person = PersonHistory.newBuilder().setPersonId("somebody");
    for (int year = 2020; year <= 2023; year++) {
      Wave.Builder wave = Wave.newBuilder().setYear(year);
      for (String column : columns) {
        wave.addValues(
            switch (column) {
              case "age" -> year - 1985;
              case "sex" -> 1;
              case "wage" -> 250;
              default -> Double.NaN;
            });
      }
      person.addWaves(wave);
    }
    return HistoryBatch.newBuilder().addAllColumns(columns).addPersons(person).build();
  }
}
