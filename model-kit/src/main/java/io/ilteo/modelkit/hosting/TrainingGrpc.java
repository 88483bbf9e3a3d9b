package io.ilteo.modelkit.hosting;

import io.grpc.stub.StreamObserver;
import io.ilteo.modelkit.panel.fold.Folds;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.TaskDescriptions;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.modelkit.training.TrainingPlan;
import io.ilteo.modelkit.training.TrainingResult;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.model.v1.DescribeTaskRequest;
import io.ilteo.proto.model.v1.DescribeTaskResponse;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.EvaluateBaselinesRequest;
import io.ilteo.proto.model.v1.EvaluateBaselinesResponse;
import io.ilteo.proto.model.v1.EvaluateRequest;
import io.ilteo.proto.model.v1.EvaluateResponse;
import io.ilteo.proto.model.v1.FoldSize;
import io.ilteo.proto.model.v1.FoldSizes;
import io.ilteo.proto.model.v1.MeasureImportanceRequest;
import io.ilteo.proto.model.v1.MeasureImportanceResponse;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.grpc.CallCancelled;
import io.ilteo.servicekit.grpc.Calls;
import io.ilteo.servicekit.grpc.Emitter;
import io.opentelemetry.api.trace.Span;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import java.util.Optional;

/** {@code ilteo.model.v1.TrainingService}, the same for every task. */
@GrpcService
public class TrainingGrpc extends TrainingServiceGrpc.TrainingServiceImplBase {
  private static final int DEFAULT_EPOCHS = 25;
  private static final int DEFAULT_PATIENCE = 3;

  private final ModelTask task;
  private final PreparedPanels panels;
  private final TrainingStore store;
  private final TrainingSlots slots;
  private final Replica replica;
  private final Evaluations evaluations;
  private final Importances importances;

  public TrainingGrpc(
      ModelTask task,
      PreparedPanels panels,
      TrainingStore store,
      TrainingSlots slots,
      Replica replica,
      Evaluations evaluations,
      Importances importances) {
    this.task = task;
    this.panels = panels;
    this.store = store;
    this.slots = slots;
    this.replica = replica;
    this.evaluations = evaluations;
    this.importances = importances;
  }

  @Override
  public void describeTask(
      DescribeTaskRequest request, StreamObserver<DescribeTaskResponse> observer) {
    Calls.unary(observer, () -> DescribeTaskResponse.newBuilder().setTask(description()).build());
  }

  private Task description() {
    return task.description().toBuilder()
        .setCodeVersion(replica.codeVersion())
        .setTrainingCapacity(slots.capacity())
        .build();
  }

  @Override
  public void evaluateBaselines(
      EvaluateBaselinesRequest request, StreamObserver<EvaluateBaselinesResponse> observer) {
    Calls.unary(
        observer,
        () -> {
          PreparedData data = panels.get(DataSpecs.complete(request.getData(), task.description()));
          EvaluateBaselinesResponse.Builder response =
              EvaluateBaselinesResponse.newBuilder().setFolds(sizes(data.folds()));
          try (ModelTask.Baselines baselines = task.baselines(data)) {
            baselines
                .score(data.validation())
                .forEach(
                    baseline ->
                        response.addBaselines(
                            ScoreMessages.plain(baseline.name(), baseline.scored().metrics())));
          }
          return response.build();
        });
  }

  private static FoldSizes sizes(Folds folds) {
    return FoldSizes.newBuilder()
        .setTraining(size(folds.training().size(), folds.training().personCount()))
        .setValidation(size(folds.validation().size(), folds.validation().personCount()))
        .setTest(size(folds.test().size(), folds.test().personCount()))
        .build();
  }

  private static FoldSize size(int sequences, int persons) {
    return FoldSize.newBuilder().setSequences(sequences).setPersons(persons).build();
  }

  @Override
  public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> observer) {
    Calls.unary(observer, () -> evaluations.evaluate(request));
  }

  @Override
  public void measureImportance(
      MeasureImportanceRequest request, StreamObserver<MeasureImportanceResponse> observer) {
    Calls.unary(observer, () -> importances.measure(request));
  }

  @Override
  public void train(TrainRequest request, StreamObserver<TrainResponse> observer) {
    Calls.<TrainResponse>serverStream(observer, emitter -> train(request, emitter));
  }

  private void train(TrainRequest given, Emitter<TrainResponse> emitter) throws Exception {
    Span.current().setAttribute("ilteo.attempt", given.getAttempt());
    Task description = description();
    Architecture architecture = architecture(given, description);
    TrainRequest request =
        given.toBuilder()
            .setArchitecture(architecture.getName())
            .setData(DataSpecs.complete(given.getData(), description))
            .build();
    Hyperparameters parameters = Hyperparameters.of(architecture, request.getParametersList());
    TrainingPlan plan = plan(request, description);
    Optional<byte[]> resume =
        request.getResumeFrom().isEmpty()
            ? Optional.empty()
            : store.checkpoint(request.getResumeFrom());
    slots.run(
        () -> {
          PreparedData data = panels.get(request.getData());
          TrainingStream stream =
              new TrainingStream(request, data, replica, store, slots, emitter, description);
          var problem = task.problem(data, architecture.getName(), parameters);
          TrainingResult result = new Trainer(data, problem, plan, stream).train(resume);
          switch (result) {
            case TrainingResult.Trained trained -> stream.finished(trained, data.inputs());
            case TrainingResult.Diverged diverged -> stream.diverged(diverged);
            case TrainingResult.Cancelled cancelled -> stream.interrupted();
          }
          return true;
        });
    if (emitter.isCancelled()) {
      throw new CallCancelled();
    }
  }

  private static TrainingPlan plan(TrainRequest request, Task task) {
    MetricSpec watched = TaskDescriptions.metric(task, "watch_metric", request.getWatchMetric());
    return new TrainingPlan(
        request.getSeed(),
        request.getMaxEpochs() == 0 ? DEFAULT_EPOCHS : request.getMaxEpochs(),
        request.getPatience() == 0 ? DEFAULT_PATIENCE : request.getPatience(),
        watched.getName(),
        watched.getDirection() == Direction.DIRECTION_MINIMIZE,
        request.getCheckpointEveryEpochs());
  }

  private static Architecture architecture(TrainRequest request, Task task) {
    String name =
        request.getArchitecture().isEmpty()
            ? task.getDefaultArchitecture()
            : request.getArchitecture();
    List<Architecture> all = task.getArchitecturesList();
    return all.stream()
        .filter(candidate -> candidate.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgument(
                    "architecture \"%s\" is unknown; there are %s"
                        .formatted(name, all.stream().map(Architecture::getName).toList())));
  }
}
