package io.ilteo.satisfaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.TestDatabase;
import io.ilteo.modelkit.hosting.bench.ModelServiceClient;
import io.ilteo.modelkit.hosting.bench.PanelHistories;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.store.PanelStore;
import io.ilteo.proto.inference.GRPCInferenceServiceGrpc;
import io.ilteo.proto.inference.ModelMetadataRequest;
import io.ilteo.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.ilteo.proto.model.v1.ContributionMethod;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.InputImportance;
import io.ilteo.proto.model.v1.MeasureImportanceRequest;
import io.ilteo.proto.model.v1.MeasureImportanceResponse;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.proto.satisfaction.v1.PredictSatisfactionRequest;
import io.ilteo.proto.satisfaction.v1.PredictSatisfactionResponse;
import io.ilteo.proto.satisfaction.v1.SatisfactionPrediction;
import io.ilteo.proto.satisfaction.v1.SatisfactionServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Classes of satisfaction for persons, over the wire and on real networks. */
@QuarkusTest
@QuarkusTestResource(SatisfactionServerTest.Surroundings.class)
class SatisfactionServerTest {
  private static final int WAVES = 6;
  private static final int PERSONS = 30;

  @ConfigProperty(name = "quarkus.grpc.server.test-port")
  int grpcPort;

  @Inject PanelStore panels;

  private ManagedChannel channel;
  private ModelServiceClient client;
  private String panelName;

  @BeforeEach
  void connect() throws Exception {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
    client = new ModelServiceClient(channel);
    panelName = client.importPanel(client.synthesize(400, 7));
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  private HistoryBatch histories(ModelVersion version) {
    Panel panel = panels.load(panelName);
    PanelHistories source = new PanelHistories(panel, version.getInputColumnsList());
    HistoryBatch.Builder batch = source.batch();
    for (int p = 0; p < panel.personCount() && batch.getPersonsCount() < PERSONS; p++) {
      int last = panel.start(p + 1) - 1;
      if (!Float.isNaN(panel.column("satisfaction").value(last))) {
        batch.addPersons(source.person(p, last, WAVES));
      }
    }
    return batch.build();
  }

  private PredictSatisfactionResponse predict(PredictSatisfactionRequest request) {
    return SatisfactionServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .predictSatisfaction(request);
  }

  @Test
  void attentionSaysWhichYearsCounted() {
    ModelVersion version = client.register(client.train(panelName, "gru_attention", 21, 2));
    client.serve(version);
    PredictSatisfactionRequest request =
        PredictSatisfactionRequest.newBuilder()
            .setHistories(histories(version))
            .setAttentionWeights(true)
            .build();
    PredictSatisfactionResponse response = predict(request);
    assertThat(response.getClassLabelsList())
        .containsExactly("dissatisfied", "neutral", "satisfied");
    assertThat(response.getPredictionsList()).hasSize(PERSONS);
    for (SatisfactionPrediction each : response.getPredictionsList()) {
      assertThat(sum(each.getProbabilitiesList())).isCloseTo(1, within(1e-6));
      assertThat(each.getPredictionSetList()).contains(each.getPredictedClass());
      assertThat(each.getAttentionWeightsList()).isNotEmpty().hasSizeLessThanOrEqualTo(WAVES);
      assertThat(sum(each.getAttentionWeightsList())).isCloseTo(1, within(1e-5));
    }
    assertThat(
            predict(request.toBuilder().clearAttentionWeights().build())
                .getPredictions(0)
                .getAttentionWeightsList())
        .isEmpty();
  }

  @Test
  void networksThatReadTheLastYearOnlyReturnNoWeights() {
    ModelVersion version = client.register(client.train(panelName, "gru", 22, 2));
    client.serve(version);
    PredictSatisfactionResponse response =
        predict(
            PredictSatisfactionRequest.newBuilder()
                .setHistories(histories(version))
                .setAttentionWeights(true)
                .setExplainTop(3)
                .build());
    assertThat(response.getModelVersion()).isEqualTo(version.getName());
    assertThat(response.getPredictions(0).getAttentionWeightsList()).isEmpty();
    assertThat(response.getPredictions(0).getContributionsList()).hasSize(3);
    assertThat(
            GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .modelMetadata(ModelMetadataRequest.newBuilder().setName("satisfaction").build())
                .getOutputsList())
        .extracting(TensorMetadata::getName)
        .containsExactly("target_year", "class", "probabilities", "prediction_set");
  }

  @Test
  void fiveClassesAndReasonsOverTheWire() {
    ModelVersion version =
        client.register(
            client.train(
                TrainRequest.newBuilder()
                    .setAttempt("studies/1/trials/23/attempts/1")
                    .setData(DataSpec.newBuilder().setPanel(panelName).setTargetClasses(5))
                    .setSeed(23)
                    .setMaxEpochs(2)
                    .build()));
    client.serve(version);
    PredictSatisfactionRequest request =
        PredictSatisfactionRequest.newBuilder()
            .setHistories(histories(version))
            .setExplainTop(4)
            .setContributionMethod(ContributionMethod.CONTRIBUTION_METHOD_INTEGRATED_GRADIENTS)
            .build();
    PredictSatisfactionResponse response = predict(request);
    assertThat(response.getClassLabelsList()).hasSize(5).startsWith("very dissatisfied");
    for (SatisfactionPrediction each : response.getPredictionsList()) {
      assertThat(each.getProbabilitiesList()).hasSize(5);
      assertThat(each.getContributionsList()).hasSize(4);
    }
    assertThat(response.getPredictions(0).getContributionsList())
        .isNotEqualTo(
            predict(request.toBuilder().clearContributionMethod().build())
                .getPredictions(0)
                .getContributionsList());

    var training = TrainingServiceGrpc.newBlockingStub(channel);
    MeasureImportanceRequest wanted =
        MeasureImportanceRequest.newBuilder()
            .setModelVersion(version.getName())
            .setMetric("log_loss")
            .setRepeats(2)
            .build();
    MeasureImportanceResponse measured = training.measureImportance(wanted);
    assertThat(measured.getInputsList())
        .extracting(InputImportance::getInput)
        .contains("satisfaction", "wage", "calendar");
    assertThat(measured.getInputs(0).getWorsening())
        .isGreaterThanOrEqualTo(measured.getInputs(1).getWorsening());
    refused(
        "repeats is 51; 1 to 50",
        () -> training.measureImportance(wanted.toBuilder().setRepeats(51).build()));
    refused(
        "metric \"rmse\" is unknown",
        () -> training.measureImportance(wanted.toBuilder().setMetric("rmse").build()));
    refused(
        "data.target_classes is 4; one of [3, 5]",
        () ->
            client.train(
                TrainRequest.newBuilder()
                    .setAttempt("studies/1/trials/24/attempts/1")
                    .setData(DataSpec.newBuilder().setPanel(panelName).setTargetClasses(4))
                    .build()));
  }

  private static void refused(String message, ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining(message);
  }

  private static double sum(Iterable<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** A database, and ports that nobody has. */
  public static final class Surroundings implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      TestDatabase database = TestDatabase.create("satisfaction");
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
