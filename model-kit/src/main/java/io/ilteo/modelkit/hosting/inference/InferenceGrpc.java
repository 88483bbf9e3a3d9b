package io.ilteo.modelkit.hosting.inference;

import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.hosting.Replica;
import io.ilteo.modelkit.hosting.prediction.Answer;
import io.ilteo.modelkit.hosting.prediction.Predictions;
import io.ilteo.modelkit.hosting.prediction.ServedModel;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.proto.inference.GRPCInferenceServiceGrpc;
import io.ilteo.proto.inference.InferParameter;
import io.ilteo.proto.inference.ModelInferRequest;
import io.ilteo.proto.inference.ModelInferResponse;
import io.ilteo.proto.inference.ModelMetadataRequest;
import io.ilteo.proto.inference.ModelMetadataResponse;
import io.ilteo.proto.inference.ModelReadyRequest;
import io.ilteo.proto.inference.ModelReadyResponse;
import io.ilteo.proto.inference.ServerLiveRequest;
import io.ilteo.proto.inference.ServerLiveResponse;
import io.ilteo.proto.inference.ServerMetadataRequest;
import io.ilteo.proto.inference.ServerMetadataResponse;
import io.ilteo.proto.inference.ServerReadyRequest;
import io.ilteo.proto.inference.ServerReadyResponse;
import io.ilteo.proto.model.v1.ModelSelector;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.NotFound;
import io.ilteo.servicekit.grpc.Calls;
import io.quarkus.grpc.GrpcService;

/** {@code inference.GRPCInferenceService}, the Open Inference Protocol, the same for every task. */
@GrpcService
public class InferenceGrpc extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
  private static final String COVERAGE = "coverage";
  private static final String PLATFORM = "ilteo";

  private final ModelTask task;
  private final Predictions predictions;
  private final Replica replica;

  public InferenceGrpc(ModelTask task, Predictions predictions, Replica replica) {
    this.task = task;
    this.predictions = predictions;
    this.replica = replica;
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
    Calls.unary(observer, () -> ServerLiveResponse.newBuilder().setLive(true).build());
  }

  @Override
  public void serverReady(
      ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
    Calls.unary(
        observer, () -> ServerReadyResponse.newBuilder().setReady(predictions.isReady()).build());
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
    Calls.unary(
        observer,
        () ->
            ModelReadyResponse.newBuilder()
                .setReady(isReady(request.getName(), request.getVersion()))
                .build());
  }

  private boolean isReady(String name, String version) {
    try {
      predictions.model(selector(name, version));
      return true;
    } catch (NotFound | FailedPrecondition notReady) {
      return false;
    }
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
    Calls.unary(
        observer,
        () ->
            ServerMetadataResponse.newBuilder()
                .setName("ilteo-" + task.description().getName())
                .setVersion(replica.codeVersion())
                .build());
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          ServedModel model = predictions.model(selector(request.getName(), request.getVersion()));
          return ModelMetadataResponse.newBuilder()
              .setName(task.description().getName())
              .addVersions(number(model))
              .setPlatform(PLATFORM)
              .addAllInputs(TensorHistories.describe(model.inputs()))
              .addAllOutputs(
                  new OutputTensors(model.form(task.defaultCoverage()), task.targetColumn())
                      .describe())
              .build();
        });
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
    Calls.unary(observer, () -> infer(request));
  }

  private ModelInferResponse infer(ModelInferRequest request) throws InterruptedException {
    Answer answer =
        predictions.predict(
            selector(request.getModelName(), request.getModelVersion()),
            TensorHistories.read(request),
            coverage(request),
            0);
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder()
            .setModelName(request.getModelName())
            .setModelVersion(number(answer.model()))
            .setId(request.getId());
    new OutputTensors(answer, task.targetColumn())
        .write(request.getOutputsList(), request.getRawInputContentsCount() > 0, response);
    return response.build();
  }

  private double coverage(ModelInferRequest request) {
    InferParameter given = request.getParametersMap().get(COVERAGE);
    if (given == null) {
      return task.defaultCoverage();
    }
    double coverage = given.getDoubleParam();
    if (!(coverage > 0 && coverage < 1)) {
      throw new InvalidArgument(
          "parameters.coverage is %s; a double_param between 0 and 1".formatted(coverage));
    }
    return coverage;
  }

  private ModelSelector selector(String name, String version) {
    String expected = task.description().getName();
    if (!name.equals(expected)) {
      throw new NotFound("there is no model \"%s\"; there is %s".formatted(name, expected));
    }
    ModelSelector.Builder selector = ModelSelector.newBuilder();
    if (version.isEmpty()) {
      return selector.build();
    }
    return Character.isDigit(version.charAt(0))
        ? selector.setModelVersion("models/" + expected + "/versions/" + version).build()
        : selector.setAlias(version).build();
  }

  private static String number(ServedModel model) {
    return model.name().substring(model.name().lastIndexOf('/') + 1);
  }
}
