package io.ilteo.tuner.bench;

import com.google.protobuf.util.Durations;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.EvaluateBaselinesResponse;
import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.proto.search.v1.DoubleDomain;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.Scale;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.tuner.application.Cancellation;
import io.ilteo.tuner.application.ModelServices;
import io.ilteo.tuner.domain.study.StudyId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Model replicas that take time and train nothing, for measuring everything else: each trains one
 * network at a time, reports every epoch, and a checkpoint whenever 5 s of training would be lost,
 * as real ones do.
 *
 * <p>How long a trial takes is log-normal (sigma 0.5 around the median) and follows from the seed
 * and the attempt's name, so that every run of a benchmark has the same ones.
 */
final class SimulatedReplicas implements ModelServices {
  static final String TASK = "simulated";
  private static final String METRIC = "loss";
  private static final int PARAMETERS = 8;
  private static final double SIGMA = 0.5;
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

  private final Semaphore free;
  private final Duration medianTrial;
  private final int epochs;
  private final long seed;
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();

  SimulatedReplicas(int replicas, Duration medianTrial, int epochs, long seed) {
    this.free = new Semaphore(replicas);
    this.medianTrial = medianTrial;
    this.epochs = epochs;
    this.seed = seed;
  }

  /** Attempts that were trained more than once: there must be none. */
  long repeated() {
    return repeated.sum();
  }

  /** Time that replicas have spent on epochs, all together. */
  long busyNanos() {
    return busyNanos.sum();
  }

  @Override
  public TrainingEnd train(
      String task, TrainRequest request, Listener listener, Cancellation cancellation) {
    if (!free.tryAcquire()) {
      return new TrainingEnd.Busy("every replica trains");
    }
    try {
      return train(request, listener, cancellation);
    } finally {
      free.release();
    }
  }

  private TrainingEnd train(TrainRequest request, Listener listener, Cancellation cancellation) {
    if (!begun.add(request.getAttempt())) {
      repeated.increment();
    }
    SplittableRandom random = new SplittableRandom(seed ^ request.getAttempt().hashCode());
    Duration epoch = trial(random).dividedBy(epochs);
    listener.onEvent(
        TrainResponse.newBuilder()
            .setStarted(TrainResponse.Started.newBuilder().setReplica("simulated"))
            .build());
    double loss = random.nextDouble();
    Duration unsaved = Duration.ZERO;
    for (int i = 1; i <= epochs; i++) {
      cancellation.await(epoch);
      if (cancellation.isCancelled()) {
        return new TrainingEnd.Cancelled();
      }
      busyNanos.add(epoch.toNanos());
      unsaved = unsaved.plus(epoch);
      boolean goesOn = listener.onEvent(epoch(i, loss + 1.0 / i, epoch));
      if (goesOn && unsaved.compareTo(CHECKPOINT_INTERVAL) >= 0) {
        unsaved = Duration.ZERO;
        goesOn = listener.onEvent(checkpoint(request, i));
      }
      if (!goesOn) {
        return new TrainingEnd.Cancelled();
      }
    }
    listener.onEvent(
        TrainResponse.newBuilder()
            .setFinished(
                TrainResponse.Finished.newBuilder()
                    .setBestEpoch(epochs)
                    .setCompletedEpochs(epochs)
                    .addMetrics(metric(loss))
                    .setCandidate("candidates/00000000-0000-0000-0000-000000000000"))
            .build());
    return new TrainingEnd.Ended();
  }

  private Duration trial(SplittableRandom random) {
    double u = Math.max(random.nextDouble(), Double.MIN_NORMAL);
    double normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
    return Duration.ofNanos(Math.round(medianTrial.toNanos() * Math.exp(SIGMA * normal)));
  }

  private static TrainResponse epoch(int number, double loss, Duration duration) {
    return TrainResponse.newBuilder()
        .setEpoch(
            TrainResponse.Epoch.newBuilder()
                .setEpoch(number)
                .addMetrics(metric(loss))
                .addMetrics(MetricValue.newBuilder().setName("mae").setValue(loss / 2))
                .addMetrics(MetricValue.newBuilder().setName("training_loss").setValue(loss / 3))
                .setDuration(Durations.fromNanos(duration.toNanos())))
        .build();
  }

  private static TrainResponse checkpoint(TrainRequest request, int epoch) {
    return TrainResponse.newBuilder()
        .setCheckpoint(
            TrainResponse.Checkpoint.newBuilder()
                .setName(
                    "checkpoints/%08x-0000-0000-0000-000000000000"
                        .formatted(request.getAttempt().hashCode()))
                .setEpoch(epoch))
        .build();
  }

  private static MetricValue metric(double value) {
    return MetricValue.newBuilder().setName(METRIC).setValue(value).build();
  }

  @Override
  public Task describe(String task) {
    SearchSpace.Builder space = SearchSpace.newBuilder();
    for (int i = 1; i <= PARAMETERS; i++) {
      space.addParameters(
          ParameterSpec.newBuilder()
              .setName("parameter_" + i)
              .setDoubleDomain(
                  DoubleDomain.newBuilder().setMin(1e-4).setMax(1).setScale(Scale.SCALE_LOG)));
    }
    return Task.newBuilder()
        .setName(TASK)
        .setDefaultArchitecture("none")
        .addArchitectures(Architecture.newBuilder().setName("none").setSearchSpace(space))
        .addMetrics(
            MetricSpec.newBuilder().setName(METRIC).setDirection(Direction.DIRECTION_MINIMIZE))
        .setPrimaryMetric(METRIC)
        .build();
  }

  @Override
  public Set<String> tasks() {
    return Set.of(TASK);
  }

  @Override
  public String target(String task) {
    return "this process";
  }

  @Override
  public EvaluateBaselinesResponse baselines(String task, DataSpec data) {
    return EvaluateBaselinesResponse.newBuilder()
        .addBaselines(Score.newBuilder().setName("mean"))
        .build();
  }

  @Override
  public String register(String task, List<String> candidates) {
    throw new UnsupportedOperationException("nothing was trained");
  }

  @Override
  public Evaluation evaluate(String task, String modelVersion, StudyId study) {
    throw new UnsupportedOperationException("nothing was trained");
  }

  @Override
  public List<ModelVersion> evaluated(String task, StudyId study) {
    return List.of();
  }

  @Override
  public void setAlias(String task, String alias, String modelVersion, String reason) {
    throw new UnsupportedOperationException("nothing was trained");
  }
}
