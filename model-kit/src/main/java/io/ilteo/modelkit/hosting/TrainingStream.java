package io.ilteo.modelkit.hosting;

import com.google.protobuf.util.Durations;
import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.TrainingListener;
import io.ilteo.modelkit.training.TrainingResult.Diverged;
import io.ilteo.modelkit.training.TrainingResult.Trained;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.proto.model.v1.TrainResponse.StopReason;
import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.servicekit.grpc.Emitter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Turns what happens in a training into the events of its call. */
final class TrainingStream implements TrainingListener {
  private final TrainRequest request;
  private final PreparedData data;
  private final Replica replica;
  private final TrainingStore store;
  private final TrainingSlots slots;
  private final Emitter<TrainResponse> emitter;
  private final Task task;
  private final TrainingMeters meters;
  private final String training = UUID.randomUUID().toString();

  TrainingStream(
      TrainRequest request,
      PreparedData data,
      Replica replica,
      TrainingStore store,
      TrainingSlots slots,
      Emitter<TrainResponse> emitter,
      Task task) {
    this.request = request;
    this.data = data;
    this.replica = replica;
    this.store = store;
    this.slots = slots;
    this.emitter = emitter;
    this.task = task;
    this.meters = new TrainingMeters(task.getName());
  }

  @Override
  public void started(long weights, int completedEpochs) {
    meters.started();
    emitter.emit(
        TrainResponse.newBuilder()
            .setStarted(
                TrainResponse.Started.newBuilder()
                    .setReplica(replica.address())
                    .setTrainingSequences(data.training().size())
                    .setValidationSequences(data.validation().size())
                    .setWeightCount(weights)
                    .setCompletedEpochs(completedEpochs))
            .build());
  }

  @Override
  public boolean isCancelled() {
    return emitter.isCancelled();
  }

  @Override
  public boolean isPreempted() {
    return slots.isClosing();
  }

  @Override
  public void epoch(int epoch, Map<String, Double> metrics, Duration duration) {
    meters.epoch(duration);
    emitter.emit(
        TrainResponse.newBuilder()
            .setEpoch(
                TrainResponse.Epoch.newBuilder()
                    .setEpoch(epoch)
                    .addAllMetrics(values(metrics))
                    .setDuration(Durations.fromNanos(duration.toNanos())))
            .build());
  }

  @Override
  public void checkpoint(int epoch, byte[] state) {
    emitter.emit(
        TrainResponse.newBuilder()
            .setCheckpoint(
                TrainResponse.Checkpoint.newBuilder()
                    .setName(store.saveCheckpoint(training, epoch, state))
                    .setEpoch(epoch))
            .build());
  }

  void finished(Trained trained, FittedInputs inputs) {
    String candidate =
        store.saveCandidate(request, training, trained, inputs, replica.codeVersion());
    emitter.emit(
        TrainResponse.newBuilder()
            .setFinished(
                TrainResponse.Finished.newBuilder()
                    .setBestEpoch(trained.bestEpoch())
                    .setCompletedEpochs(trained.completedEpochs())
                    .addAllMetrics(values(trained.metrics()))
                    .setCandidate(candidate)
                    .setStopReason(
                        trained.earlyStopped()
                            ? StopReason.STOP_REASON_EARLY_STOPPING
                            : StopReason.STOP_REASON_MAX_EPOCHS))
            .build());
  }

  void diverged(Diverged diverged) {
    // The trial fails with this: there is nothing to go on from.
    store.dropCheckpoint(training);
    emitter.emit(
        TrainResponse.newBuilder()
            .setDiverged(
                TrainResponse.Diverged.newBuilder()
                    .setEpoch(diverged.epoch())
                    .setReason(diverged.reason()))
            .build());
  }

  /** The caller went, or this replica goes and hands the training back. */
  void interrupted() {
    if (!emitter.isCancelled()) {
      throw new Aborted(
          "the replica of task %s shuts down; another goes on from the last checkpoint"
              .formatted(task.getName()));
    }
  }

  private static List<MetricValue> values(Map<String, Double> metrics) {
    return new TreeMap<>(metrics)
        .entrySet().stream()
            .map(m -> MetricValue.newBuilder().setName(m.getKey()).setValue(m.getValue()).build())
            .toList();
  }
}
