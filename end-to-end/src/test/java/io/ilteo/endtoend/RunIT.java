package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.ManagedChannel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.ilteo.cli.client.FirstAnswer;
import io.ilteo.cli.platform.PlatformPort;
import io.ilteo.endtoend.Installation.Result;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.WatchStudyRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code ./ilteo run} with real processes. */
class RunIT extends InstalledPlatform {
  @Test
  void runTellsTheWholeStoryAndEndsWithTheReport() throws Exception {
    Result run =
        ilteo.run("run", "--trials", "2", "--persons", "300", "--max-epochs", "2", "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = run.json().getLast();
    assertThat(result.path("studies"))
        .extracting(study -> study.path("title").asText())
        .containsExactly("first joint model", "tuned joint model", "wage", "satisfaction");
    String report = Files.readString(Path.of(result.path("report").asText())).replace("\\", "");
    assertThat(report).contains("ridge", "majority", "Models side by side");
    for (JsonNode study : result.path("studies")) {
      boolean first = study.path("title").asText().equals("first joint model");
      assertThat(study.path("completed").asInt() + study.path("pruned").asInt())
          .isEqualTo(first ? 1 : 2);
      assertThat(study.path("best_trial").asText()).startsWith("studies/");
      assertThat(study.path("baselines")).isNotEmpty();
      assertThat(study.path("confirmation").path("values")).hasSize(2);
      assertThat(report).contains(study.path("test").path("model_version").asText());
    }
    // Four winners, each on two fresh seeds, beside the trials of the searches.
    int trials = 1 + 3 * 2 + 4 * 2;
    assertThat(ilteo.count("SELECT count(*) FROM tuner.trial WHERE state = 'COMPLETED'"))
        .isEqualTo(trials);
    assertThat(ilteo.count("SELECT count(DISTINCT trial_id) FROM tuner.measurement"))
        .isEqualTo(trials);
    ReportFiles.assertComplete(result);
    ReportNumbers numbers = new ReportNumbers(ilteo, report);
    for (JsonNode study : result.path("studies")) {
      numbers.assertTheDatabasesOf(study);
    }
    assertThat(servicesByReflection())
        .contains("ilteo.tuner.v1.StudyService", "grpc.health.v1.Health");
    DashboardTour.Front front = assertThatTheJointModelTradesWageAgainstSatisfaction();
    assertClearRefusals();
    DashboardTour.ofBothLanguages(
        ilteo.dashboard(), home.resolve("panels/synthetic-300-persons-seed-1.csv"), front);
  }

  /** Two objectives in place of one weight, from a file, and every suggestion seen again. */
  private DashboardTour.Front assertThatTheJointModelTradesWageAgainstSatisfaction()
      throws Exception {
    Path file = home.resolve("tradeoff.json");
    Files.writeString(
        file,
        """
        {"spec": {"task": "wage", "architecture": "joint_lstm", "budget": 6, "parallelism": 2,
                  "maxEpochs": 2, "seed": 7, "pruner": {"name": "median"},
                  "objectives": [{"metric": "rmse"}, {"metric": "satisfaction_qwk"}]}}
        """);
    String panel = ilteo.text("SELECT spec -> 'data' ->> 'panel' FROM tuner.study LIMIT 1");
    Result created =
        ilteo.run("study", "create", file.toString(), "--panel", panel, "--start", "--json");
    assertThat(created.exitCode()).as(created.err()).isZero();
    String study = created.json().getFirst().path("name").asText();
    ManagedChannel tuner = ilteo.channel(PlatformPort.TUNER_GRPC);
    try {
      StudyServiceGrpc.newBlockingStub(tuner)
          .withDeadlineAfter(4, TimeUnit.MINUTES)
          .watchStudy(WatchStudyRequest.newBuilder().setName(study).build())
          .forEachRemaining(update -> {});
    } finally {
      tuner.shutdownNow();
    }

    List<JsonNode> front = ilteo.run("study", "front", study, "--json").json();
    assertThat(front).isNotEmpty();
    assertThat(front)
        .allSatisfy(
            trial ->
                assertThat(trial.path("metrics"))
                    .extracting(JsonNode::asText)
                    .containsExactly("rmse", "satisfaction_qwk"));
    // From the least error on, who is worse in wages is better in satisfaction.
    List<Double> errors = front.stream().map(t -> t.path("objectives").get(0).asDouble()).toList();
    List<Double> kappas = front.stream().map(t -> t.path("objectives").get(1).asDouble()).toList();
    assertThat(errors).isSorted();
    assertThat(kappas).isSorted();
    Result replay = ilteo.run("study", "replay", study, "--json");
    assertThat(replay.exitCode()).as(replay.out()).isZero();
    assertThat(replay.json().getFirst().path("reproduced").asInt()).isGreaterThanOrEqualTo(6);
    return new DashboardTour.Front(study, front.size());
  }

  /** One line that names the thing, and the documented exit code. */
  private void assertClearRefusals() throws Exception {
    Path empty = Files.createFile(home.resolve("empty.csv"));
    Result unknownMapping = ilteo.run("panel", "import", empty.toString(), "--mapping", "nosuch");
    assertThat(unknownMapping.exitCode()).isEqualTo(3);
    assertThat(unknownMapping.err()).contains("nosuch").contains("klips-long");
    Result emptyFile = ilteo.run("panel", "import", empty.toString(), "--mapping", "klips-long");
    assertThat(emptyFile.exitCode()).isEqualTo(3);
    assertThat(emptyFile.err()).contains("empty.csv");
    Result missing = ilteo.run("run", "--panel", home + "/none.csv", "--mapping", "soep");
    assertThat(missing.exitCode()).isEqualTo(4);
    assertThat(missing.err()).contains("none.csv");
    assertThat(ilteo.run("run", "--trials", "0").exitCode()).isEqualTo(2);
    assertThat(ilteo.run("study", "show", "studies/999").exitCode()).isEqualTo(4);
  }

  private List<String> servicesByReflection() throws Exception {
    ManagedChannel tuner = ilteo.channel(PlatformPort.TUNER_GRPC);
    try {
      CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
      StreamObserver<ServerReflectionRequest> call =
          ServerReflectionGrpc.newStub(tuner).serverReflectionInfo(FirstAnswer.of(answer));
      call.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      ServerReflectionResponse response = answer.get(10, TimeUnit.SECONDS);
      call.onCompleted();
      return response.getListServicesResponse().getServiceList().stream()
          .map(service -> service.getName())
          .toList();
    } finally {
      tuner.shutdownNow();
    }
  }
}
