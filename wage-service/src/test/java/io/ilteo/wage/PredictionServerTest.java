package io.ilteo.wage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.hosting.bench.ModelServiceClient;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.proto.inference.GRPCInferenceServiceGrpc;
import io.ilteo.proto.inference.ModelInferRequest;
import io.ilteo.proto.inference.ModelInferResponse;
import io.ilteo.proto.inference.ModelMetadataRequest;
import io.ilteo.proto.inference.ModelMetadataResponse;
import io.ilteo.proto.inference.ModelMetadataResponse.TensorMetadata;
import io.ilteo.proto.inference.ModelReadyRequest;
import io.ilteo.proto.inference.ModelReadyResponse;
import io.ilteo.proto.inference.ServerLiveRequest;
import io.ilteo.proto.model.v1.Contribution;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.EvaluateRequest;
import io.ilteo.proto.model.v1.EvaluateResponse;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.ModelSelector;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.PersonHistory;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.proto.wage.v1.PredictWagesRequest;
import io.ilteo.proto.wage.v1.PredictWagesResponse;
import io.ilteo.proto.wage.v1.StreamPredictWagesRequest;
import io.ilteo.proto.wage.v1.StreamPredictWagesResponse;
import io.ilteo.proto.wage.v1.WagePrediction;
import io.ilteo.proto.wage.v1.WageServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Answers for persons, over the wire and on real networks. */
@QuarkusTest
@QuarkusTestResource(RegistryServerTest.Surroundings.class)
class PredictionServerTest extends ServedWages {
  @Test
  void championAndPinnedVersionsAnswerOneByOneInBatchesAndAsStream() throws Exception {
    PredictWagesResponse batch = predict(PredictWagesRequest.newBuilder());
    assertThat(batch.getModelVersion()).isEqualTo(single.getName());
    assertThat(batch.getUnit()).isEqualTo("만원");
    assertThat(batch.getPredictionsList())
        .hasSize(histories.getPersonsCount())
        .allSatisfy(p -> assertThat(p.getWage()).isBetween(p.getLower(), p.getUpper()))
        .allSatisfy(p -> assertThat(p.getLower()).isPositive());
    for (int i = 0; i < 5; i++) {
      WagePrediction alone = predict(only(i)).getPredictions(0);
      assertThat(alone.getPersonId()).isEqualTo(batch.getPredictions(i).getPersonId());
      assertThat(alone.getTargetYear()).isEqualTo(batch.getPredictions(i).getTargetYear());
      assertThat(alone.getWage())
          .isCloseTo(batch.getPredictions(i).getWage(), within(1e-3 * alone.getWage()));
    }

    PredictWagesResponse pinned =
        predict(
            PredictWagesRequest.newBuilder()
                .setCoverage(0.8)
                .setModel(ModelSelector.newBuilder().setModelVersion(ensemble.getName())));
    assertThat(pinned.getModelVersion()).isEqualTo(ensemble.getName());
    PredictWagesResponse wider =
        predict(
            PredictWagesRequest.newBuilder()
                .setModel(ModelSelector.newBuilder().setModelVersion(ensemble.getName())));
    for (int i = 0; i < pinned.getPredictionsCount(); i++) {
      assertThat(wider.getPredictions(i).getLower())
          .isLessThan(pinned.getPredictions(i).getLower());
    }

    assertThat(stream(50)).hasSize(50).allMatch(r -> r.getPredictionsCount() == 1);
  }

  @Test
  void clientsOfTheOpenInferenceProtocolGetTheSameAnswers() {
    var stub =
        GRPCInferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
    assertThat(stub.modelReady(ModelReadyRequest.newBuilder().setName("wage").build()).getReady())
        .isTrue();
    assertThat(stub.modelReady(ModelReadyRequest.newBuilder().setName("turnover").build()))
        .isEqualTo(ModelReadyResponse.getDefaultInstance());
    ModelMetadataResponse metadata =
        stub.modelMetadata(ModelMetadataRequest.newBuilder().setName("wage").build());
    assertThat(metadata.getInputsList())
        .extracting(TensorMetadata::getName)
        .startsWith("person_id", "year")
        .containsAll(single.getInputColumnsList());
    assertThat(metadata.getOutputsList())
        .extracting(TensorMetadata::getName)
        .containsExactly("target_year", "wage", "lower", "upper");

    List<WagePrediction> expected = predict(PredictWagesRequest.newBuilder()).getPredictionsList();
    ModelInferResponse typed = stub.modelInfer(TensorRequests.typed(histories));
    assertThat(typed.getModelVersion()).isEqualTo("1");
    assertThat(typed.getOutputs(1).getShapeList()).containsExactly((long) expected.size());
    ModelInferResponse raw = stub.modelInfer(TensorRequests.raw(histories));
    ByteBuffer wages =
        raw.getRawOutputContents(1).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < expected.size(); i++) {
      double wage = expected.get(i).getWage();
      assertThat(typed.getOutputs(1).getContents().getFp64Contents(i))
          .isCloseTo(wage, within(1e-3 * wage));
      assertThat(wages.getDouble()).isCloseTo(wage, within(1e-3 * wage));
    }
    ModelInferRequest.Builder wrong = TensorRequests.typed(histories).toBuilder();
    wrong.getInputsBuilder(2).setDatatype("INT64");
    refused(Status.Code.INVALID_ARGUMENT, "FP64", () -> stub.modelInfer(wrong.build()));
    wrong.getInputsBuilder(2).setDatatype("FP64").getContentsBuilder().addFp64Contents(1);
    refused(Status.Code.INVALID_ARGUMENT, "elements", () -> stub.modelInfer(wrong.build()));
  }

  @Test
  void contributionsSayWhatMovedThePrediction() {
    PredictWagesResponse explained = predict(PredictWagesRequest.newBuilder().setExplainTop(5));
    assertThat(explained.getPredictionsList())
        .allSatisfy(
            p -> {
              assertThat(p.getContributionsList()).hasSize(5);
              assertThat(p.getContributionsList())
                  .extracting(Contribution::getFeature)
                  .doesNotHaveDuplicates()
                  .isSubsetOf(single.getInputColumnsList());
            });
    // Of 40 persons most are moved most by their wage so far.
    assertThat(explained.getPredictionsList())
        .filteredOn(p -> p.getContributions(0).getFeature().equals("wage"))
        .hasSizeGreaterThan(20);
  }

  @Test
  void badRequestsAreRefusedByTheRightStatus() throws Exception {
    refused(Status.Code.NOT_FOUND, "challenger", () -> predict(alias("challenger")));
    refused(Status.Code.INVALID_ARGUMENT, "a name like", () -> predict(version("champion")));
    refused(Status.Code.NOT_FOUND, "99", () -> predict(version("models/wage/versions/99")));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "coverage",
        () -> predict(PredictWagesRequest.newBuilder().setCoverage(0.5)));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "explain_top",
        () -> predict(PredictWagesRequest.newBuilder().setExplainTop(33)));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "\"pay\"",
        () ->
            predict(
                PredictWagesRequest.newBuilder()
                    .setHistories(histories.toBuilder().addColumns("pay"))));

    ModelVersion network = client.register(client.train(panelName, 13, 1));
    execute("UPDATE candidate SET network = network || '\\x00'::bytea WHERE seed = 13");
    refused(Status.Code.FAILED_PRECONDITION, "SHA-256", () -> predict(version(network.getName())));
    ModelVersion reading = client.register(client.train(panelName, 14, 1));
    execute(
        "UPDATE model_version SET attachments = attachments || ' ' WHERE number = "
            + reading.getName().substring("models/wage/versions/".length()));
    refused(Status.Code.FAILED_PRECONDITION, "SHA-256", () -> predict(version(reading.getName())));
    ModelVersion inputs = client.register(client.train(panelName, 15, 1));
    execute("UPDATE fitted_inputs SET content = content || '\\x00'::bytea");
    refused(Status.Code.FAILED_PRECONDITION, "SHA-256", () -> predict(version(inputs.getName())));
    // A further training stores the same inputs again, and so mends them.
    client.train(panelName, 16, 1);
    assertThat(predict(version(inputs.getName())).getModelVersion()).isEqualTo(inputs.getName());
  }

  @Test
  void badHistoriesAreRefusedWithWhatWouldBeAccepted() {
    Mapping mapping = Mappings.named(ModelServiceClient.MAPPING);
    double most = mapping.requireWage().range().high();
    for (double wage : new double[] {-200, most * 10, Double.POSITIVE_INFINITY}) {
      refused(
          Status.Code.INVALID_ARGUMENT,
          "wage is %s; ".formatted(wage),
          () -> predict(withWages(year -> wage)));
    }
    refused(
        Status.Code.INVALID_ARGUMENT,
        "has no wage in any year; at least one is needed",
        () -> predict(withWages(year -> Double.NaN)));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "histories.mapping \"soep\"; the model learned under \"klips-long\"",
        () ->
            predict(
                PredictWagesRequest.newBuilder()
                    .setHistories(histories.toBuilder().setMapping("soep"))));
    PersonHistory person = histories.getPersons(0);
    PersonHistory.Builder old = person.toBuilder().clearWaves();
    for (int year = 1950; year < 2015; year++) {
      old.addWaves(person.getWaves(0).toBuilder().setYear(year));
    }
    refused(
        Status.Code.INVALID_ARGUMENT,
        "has 65 waves; 1 to 64",
        () ->
            predict(
                PredictWagesRequest.newBuilder()
                    .setHistories(histories.toBuilder().setPersons(0, old))));
    int wage = histories.getColumnsList().indexOf("wage");
    HistoryBatch.Builder without = histories.toBuilder().clearColumns();
    IntStream.range(0, histories.getColumnsCount())
        .filter(column -> column != wage)
        .forEach(column -> without.addColumns(histories.getColumns(column)));
    refused(
        Status.Code.FAILED_PRECONDITION,
        "histories.columns lacks \"wage\", which the model needs",
        () -> predict(PredictWagesRequest.newBuilder().setHistories(without)));
  }

  /** The first person with other wages. */
  private PredictWagesRequest.Builder withWages(IntToDoubleFunction ofYear) {
    int wage = histories.getColumnsList().indexOf("wage");
    PersonHistory.Builder person = histories.getPersons(0).toBuilder();
    person
        .getWavesBuilderList()
        .forEach(wave -> wave.setValues(wage, ofYear.applyAsDouble(wave.getYear())));
    return PredictWagesRequest.newBuilder()
        .setHistories(histories.toBuilder().clearPersons().addPersons(person));
  }

  @Test
  void modelOfTwoYearsAheadAnswersForTheYearAfterNext() {
    TrainRequest.Builder request =
        TrainRequest.newBuilder()
            .setAttempt("studies/2/trials/1/attempts/1")
            .setSeed(17)
            .setMaxEpochs(2)
            .setPatience(2);
    DataSpec data = DataSpec.newBuilder().setPanel(panelName).setHorizon(2).build();
    ModelVersion far = client.register(client.train(request.setData(data).build()));
    List<WagePrediction> near = predict(version(single.getName())).getPredictionsList();
    List<WagePrediction> predictions = predict(version(far.getName())).getPredictionsList();
    for (int i = 0; i < predictions.size(); i++) {
      assertThat(predictions.get(i).getTargetYear()).isEqualTo(near.get(i).getTargetYear() + 1);
      assertThat(predictions.get(i).getWage())
          .isBetween(predictions.get(i).getLower(), predictions.get(i).getUpper())
          .isNotEqualTo(near.get(i).getWage());
    }
    EvaluateResponse evaluated =
        TrainingServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(2, TimeUnit.MINUTES)
            .evaluate(
                EvaluateRequest.newBuilder()
                    .setModelVersion(far.getName())
                    .setStudy("studies/2")
                    .build());
    assertThat(evaluated.getEvaluation().getTestSequences()).isPositive();
    refused(
        Status.Code.INVALID_ARGUMENT,
        "Horizon 11: expected 1 to 10",
        () -> client.train(request.setData(data.toBuilder().setHorizon(11)).build()));
  }

  private static PredictWagesRequest.Builder alias(String alias) {
    return PredictWagesRequest.newBuilder().setModel(ModelSelector.newBuilder().setAlias(alias));
  }

  private static PredictWagesRequest.Builder version(String version) {
    return PredictWagesRequest.newBuilder()
        .setModel(ModelSelector.newBuilder().setModelVersion(version));
  }

  private List<PredictWagesResponse> stream(int count) throws Exception {
    List<PredictWagesResponse> answers = new ArrayList<>();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    StreamObserver<StreamPredictWagesRequest> requests =
        WageServiceGrpc.newStub(channel)
            .streamPredictWages(
                new StreamObserver<>() {
                  @Override
                  public void onNext(StreamPredictWagesResponse answer) {
                    answers.add(answer.getResponse());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    ended.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    ended.complete(true);
                  }
                });
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PredictWagesRequest request = only(i % histories.getPersonsCount()).build();
      asked.add(request.getHistories().getPersons(0).getPersonId());
      requests.onNext(StreamPredictWagesRequest.newBuilder().setRequest(request).build());
    }
    requests.onCompleted();
    assertThat(ended.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(answers)
        .extracting(answer -> answer.getPredictions(0).getPersonId())
        .isEqualTo(asked);
    return answers;
  }

  private static void refused(Status.Code code, String word, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> {
              assertThat(failure.getStatus().getCode()).isEqualTo(code);
              assertThat(failure.getStatus().getDescription()).contains(word);
            });
  }
}
