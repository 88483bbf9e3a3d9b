package io.ilteo.wage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.DeleteModelVersionRequest;
import io.ilteo.proto.model.v1.EvaluateRequest;
import io.ilteo.proto.model.v1.EvaluateResponse;
import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.GetModelVersionRequest;
import io.ilteo.proto.model.v1.ListAliasEventsRequest;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.RegisterModelVersionRequest;
import io.ilteo.proto.model.v1.RollBackAliasRequest;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.model.v1.SetAliasRequest;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.proto.panel.v1.DeletePanelRequest;
import io.ilteo.proto.panel.v1.FileStart;
import io.ilteo.proto.panel.v1.ImportHeader;
import io.ilteo.proto.panel.v1.ImportPanelRequest;
import io.ilteo.proto.panel.v1.ImportPanelResponse;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import io.ilteo.proto.panel.v1.SynthesizePanelRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** From training to a served alias: versions, the test fold, and who points where. */
@QuarkusTest
@QuarkusTestResource(RegistryServerTest.Surroundings.class)
class RegistryServerTest {
  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  @ConfigProperty(name = "quarkus.http.test-port")
  int httpPort;

  @Inject DataSource dataSource;

  @Test
  void trainedNetworksBecomeVersionsAreEvaluatedOnceAndPromoted() throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
    try {
      String panel = importPanel(channel);
      String first = train(channel, panel, 1);
      String second = train(channel, panel, 2);
      assertThat(trainingSeconds("products")).isPositive();
      assertThat(trainingSeconds("other")).isPositive();
      var registry =
          ModelRegistryServiceGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.MINUTES);

      ModelVersion ensemble = register(registry, first, second);
      assertThat(register(registry, second, first)).isEqualTo(ensemble);
      assertThat(ensemble.getEnsembleSize()).isEqualTo(2);
      assertThat(ensemble.getLineage().getSeedsList()).containsExactlyInAnyOrder(1L, 2L);
      assertThat(ensemble.getInputColumnsList()).contains("wage", "age", "industry");
      ModelVersion single = register(registry, first);

      Evaluation evaluation = evaluateTwice(channel, ensemble);
      assertThat(
              registry
                  .getModelVersion(
                      GetModelVersionRequest.newBuilder().setName(ensemble.getName()).build())
                  .getModelVersion()
                  .getEvaluationsList())
          .containsExactly(evaluation);

      registry.setAlias(alias(ensemble, "").build());
      registry.setAlias(alias(single, ensemble.getName()).build());
      refused(
          Status.Code.ABORTED, () -> registry.setAlias(alias(single, ensemble.getName()).build()));
      refused(
          Status.Code.INVALID_ARGUMENT,
          () -> registry.setAlias(alias(single, "").clearReason().build()));
      assertThat(
              registry
                  .rollBackAlias(
                      RollBackAliasRequest.newBuilder()
                          .setAlias("champion")
                          .setReason("worse in use")
                          .build())
                  .getAlias()
                  .getModelVersion())
          .isEqualTo(ensemble.getName());
      assertThat(
              registry.listAliasEvents(ListAliasEventsRequest.getDefaultInstance()).getEventsList())
          .extracting(event -> event.getToVersion())
          // Newest first; other tests share the database.
          .startsWith(ensemble.getName(), single.getName(), ensemble.getName());

      refused(
          Status.Code.FAILED_PRECONDITION,
          () ->
              registry.deleteModelVersion(
                  DeleteModelVersionRequest.newBuilder().setName(ensemble.getName()).build()));
      refused(
          Status.Code.FAILED_PRECONDITION,
          () ->
              PanelServiceGrpc.newBlockingStub(channel)
                  .deletePanel(DeletePanelRequest.newBuilder().setName(panel).build()));

      damageNetworks();
      refused(Status.Code.FAILED_PRECONDITION, () -> registry.setAlias(alias(single, "").build()));
      registry.deleteModelVersion(
          DeleteModelVersionRequest.newBuilder().setName(single.getName()).build());
      refused(Status.Code.NOT_FOUND, () -> registry.setAlias(alias(single, "").build()));
      assertThat(changes(panel)).containsExactly("panel.import");
      assertThat(changes(ensemble.getName())).containsExactly("version.register");
      assertThat(changes(single.getName())).containsExactly("version.register", "version.delete");
    } finally {
      channel.shutdownNow();
    }
  }

  /** As the dashboard in deploy/observability asks for it. */
  private double trainingSeconds(String part) throws Exception {
    URI metrics = URI.create("http://127.0.0.1:" + httpPort + "/q/metrics");
    try (HttpClient http = HttpClient.newHttpClient()) {
      String all =
          http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return all.lines()
          .filter(line -> line.startsWith("ilteo_training_seconds_total{"))
          .filter(line -> line.contains("task=\"wage\"") && line.contains("part=\"" + part + '"'))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }
  }

  /** What is on record of a resource, each once however often it was asked for. */
  private List<String> changes(String subject) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT action FROM change_event WHERE subject = ? ORDER BY id")) {
      select.setString(1, subject);
      List<String> actions = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          actions.add(rows.getString(1));
        }
      }
      return actions;
    }
  }

  private void damageNetworks() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement update = connection.createStatement()) {
      update.executeUpdate("UPDATE candidate SET network = network || '\\x00'::bytea");
    }
  }

  private static Evaluation evaluateTwice(ManagedChannel channel, ModelVersion version) {
    EvaluateRequest request =
        EvaluateRequest.newBuilder()
            .setModelVersion(version.getName())
            .setStudy("studies/1")
            .build();
    var training =
        TrainingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.MINUTES);
    EvaluateResponse read = training.evaluate(request);
    assertThat(read.getTestFoldRead()).isTrue();
    EvaluateResponse again = training.evaluate(request);
    assertThat(again.getTestFoldRead()).isFalse();
    assertThat(again.getEvaluation()).isEqualTo(read.getEvaluation());

    Evaluation evaluation = read.getEvaluation();
    assertThat(evaluation.getTestPersons()).isPositive().isLessThan(evaluation.getTestSequences());
    MetricEstimate rmse = rmse(evaluation.getModel());
    assertThat(rmse.getValue()).isBetween(rmse.getLower(), rmse.getUpper());
    for (int i = 0; i < evaluation.getBaselinesCount(); i++) {
      double gap = rmse.getValue() - rmse(evaluation.getBaselines(i)).getValue();
      assertThat(rmse(evaluation.getDifferences(i)).getValue()).isEqualTo(gap);
    }
    assertThat(evaluation.getBaselinesList())
        .extracting(Score::getName)
        .containsExactly("last_wage", "wage_drift", "ridge", "gradient_boosting");
    assertThat(evaluation.getModel().getMetricsList())
        .extracting(MetricEstimate::getName)
        .contains("coverage_80", "coverage_95", "width_80", "rmse_wage_band_5", "bias", "mape");
    return evaluation;
  }

  private static MetricEstimate rmse(Score score) {
    return score.getMetricsList().stream()
        .filter(metric -> metric.getName().equals("rmse"))
        .findFirst()
        .orElseThrow();
  }

  private static ModelVersion register(
      ModelRegistryServiceGrpc.ModelRegistryServiceBlockingStub registry, String... candidates) {
    return registry
        .registerModelVersion(
            RegisterModelVersionRequest.newBuilder().addAllCandidates(List.of(candidates)).build())
        .getModelVersion();
  }

  private static SetAliasRequest.Builder alias(ModelVersion version, String expected) {
    return SetAliasRequest.newBuilder()
        .setAlias("champion")
        .setModelVersion(version.getName())
        .setExpectedCurrent(expected)
        .setReason("a test");
  }

  private static void refused(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(failure.getStatus().getCode()).isEqualTo(code));
  }

  private static String train(ManagedChannel channel, String panel, long seed) {
    var events =
        TrainingServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(5, TimeUnit.MINUTES)
            .train(
                TrainRequest.newBuilder()
                    .setAttempt("studies/1/trials/" + seed + "/attempts/1")
                    .setData(DataSpec.newBuilder().setPanel(panel))
                    .setSeed(seed)
                    .setMaxEpochs(1)
                    .build());
    String candidate = "";
    while (events.hasNext()) {
      TrainResponse event = events.next();
      if (event.hasFinished()) {
        candidate = event.getFinished().getCandidate();
      }
    }
    return candidate;
  }

  private static String importPanel(ManagedChannel channel) throws Exception {
    CompletableFuture<String> name = new CompletableFuture<>();
    StreamObserver<ImportPanelRequest> upload =
        PanelServiceGrpc.newStub(channel)
            .importPanel(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ImportPanelResponse response) {
                    name.complete(response.getPanel().getName());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    name.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    ByteString csv = ByteString.empty();
    var chunks =
        PanelServiceGrpc.newBlockingStub(channel)
            .synthesizePanel(
                SynthesizePanelRequest.newBuilder().setPersons(300).setSeed(7).build());
    while (chunks.hasNext()) {
      csv = csv.concat(chunks.next().getChunk());
    }
    upload.onNext(
        ImportPanelRequest.newBuilder()
            .setHeader(ImportHeader.newBuilder().setDisplayName("test").setMapping("klips-long"))
            .build());
    upload.onNext(
        ImportPanelRequest.newBuilder()
            .setFileStart(FileStart.newBuilder().setFileName("test.csv").setSizeBytes(csv.size()))
            .build());
    int limit = 1 << 19;
    for (int from = 0; from < csv.size(); from += limit) {
      upload.onNext(
          ImportPanelRequest.newBuilder()
              .setChunk(csv.substring(from, Math.min(csv.size(), from + limit)))
              .build());
    }
    upload.onCompleted();
    return name.get(2, TimeUnit.MINUTES);
  }

  /** A schema of its own and free ports. */
  public static class Surroundings implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      TestDatabase database = TestDatabase.create("wage");
      return Map.of(
          "quarkus.datasource.jdbc.url", database.jdbcUrl(),
          "quarkus.datasource.username", database.user(),
          "quarkus.datasource.password", database.password(),
          "quarkus.grpc.server.test-port", Integer.toString(FreePorts.next()),
          "quarkus.http.test-port", Integer.toString(FreePorts.next()));
    }

    @Override
    public void stop() {}
  }
}
