package io.ilteo.tuner.simulated;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
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
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.proto.search.v1.DoubleDomain;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.Scale;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import io.ilteo.servicekit.error.DomainException.Unavailable;
import io.ilteo.servicekit.grpc.Calls;
import io.ilteo.servicekit.grpc.Emitter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TrainingService whose networks are {@link Landscape}s: the loss falls from epoch to epoch
 * towards the function's value, with a little seeded noise, so that engines are tested without
 * training anything.
 */
public final class SimulatedTask extends TrainingServiceGrpc.TrainingServiceImplBase
    implements AutoCloseable {
  /** Name of the task. */
  public static final String NAME = "simulated";

  /** What it calls itself. */
  public static final String REPLICA = "simulated-0:9001";

  private static final int DEFAULT_EPOCHS = 5;
  private static final double START = 100;

  private final Server server;
  private final SimulatedRegistry registry = new SimulatedRegistry();
  private volatile Faults faults;
  private final AtomicInteger trainings = new AtomicInteger();

  /** Nothing can be trained on it. */
  public static final String SMALL_PANEL = "panels/0000000000000000";

  private static final String TOO_SMALL = "The validation fold would be empty.";

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostRunning = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private volatile boolean refusesCheckpoints;
  private final Semaphore stopped = new Semaphore(0);

  /** Serves on a loopback port; 0 chooses one. */
  public SimulatedTask(int port, Faults faults) throws IOException {
    this.faults = faults;
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
            .addService(this)
            .addService(registry)
            .build()
            .start();
  }

  /** {@code port [epoch milliseconds]}: serves until killed. */
  public static void main(String[] args) throws Exception {
    Duration pause = Duration.ofMillis(args.length > 1 ? Long.parseLong(args[1]) : 0);
    try (SimulatedTask task =
        new SimulatedTask(Integer.parseInt(args[0]), Faults.none().withPause(pause))) {
      System.out.println("ready " + task.port());
      task.server.awaitTermination();
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getPort();
  }

  /** What {@code ILTEO_MODEL_SERVICES} says for it. */
  public String target() {
    return NAME + "=127.0.0.1:" + port();
  }

  /** Its versions and aliases. */
  public SimulatedRegistry registry() {
    return registry;
  }

  /** Trainings begun so far. */
  public int trainings() {
    return trainings.get();
  }

  /** Most trainings that ran at a time. */
  public int mostRunning() {
    return mostRunning.get();
  }

  /** Waits until nothing trains; false if that takes longer. */
  public boolean awaitIdle(long limit, java.util.concurrent.TimeUnit unit) {
    long end = System.nanoTime() + unit.toNanos(limit);
    while (running.get() > 0 && System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
    return running.get() == 0;
  }

  /** The next so many trainings are answered INTERNAL before they begin. */
  public void breakNext(int trainingsToCome) {
    broken.set(trainingsToCome);
  }

  /** From now on the service is of another version, which cannot read the checkpoints of this. */
  public void refuseCheckpoints() {
    refusesCheckpoints = true;
  }

  /** Changes what goes wrong from now on. */
  public void faults(Faults changed) {
    faults = changed;
  }

  @Override
  public void describeTask(
      DescribeTaskRequest request, StreamObserver<DescribeTaskResponse> observer) {
    Task.Builder task =
        Task.newBuilder()
            .setName(NAME)
            .setDefaultArchitecture(Landscape.BRANIN.architecture())
            .addMetrics(
                MetricSpec.newBuilder().setName("loss").setDirection(Direction.DIRECTION_MINIMIZE))
            .setPrimaryMetric("loss")
            .addBaselines("centre");
    for (Landscape landscape : Landscape.values()) {
      task.addArchitectures(
          Architecture.newBuilder()
              .setName(landscape.architecture())
              .setSearchSpace(space(landscape)));
    }
    observer.onNext(DescribeTaskResponse.newBuilder().setTask(task).build());
    observer.onCompleted();
  }

  /** The box of a function as a search space {@code x1 … xd}. */
  public static SearchSpace space(Landscape landscape) {
    SearchSpace.Builder space = SearchSpace.newBuilder();
    for (int i = 1; i <= landscape.dimensions; i++) {
      space.addParameters(
          ParameterSpec.newBuilder()
              .setName("x" + i)
              .setDoubleDomain(
                  DoubleDomain.newBuilder()
                      .setMin(landscape.min)
                      .setMax(landscape.max)
                      .setScale(Scale.SCALE_LINEAR)));
    }
    return space.build();
  }

  @Override
  public void evaluateBaselines(
      EvaluateBaselinesRequest request, StreamObserver<EvaluateBaselinesResponse> observer) {
    if (request.getData().getPanel().equals(SMALL_PANEL)) {
      observer.onError(Status.FAILED_PRECONDITION.withDescription(TOO_SMALL).asRuntimeException());
      return;
    }
    MetricEstimate estimate =
        MetricEstimate.newBuilder().setName("loss").setValue(20).setLower(18).setUpper(22).build();
    observer.onNext(
        EvaluateBaselinesResponse.newBuilder()
            .addBaselines(Score.newBuilder().setName("centre").addMetrics(estimate))
            .setFolds(
                FoldSizes.newBuilder()
                    .setTraining(FoldSize.newBuilder().setSequences(701).setPersons(71))
                    .setValidation(FoldSize.newBuilder().setSequences(151).setPersons(16))
                    .setTest(FoldSize.newBuilder().setSequences(148).setPersons(13)))
            .build());
    observer.onCompleted();
  }

  @Override
  public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> observer) {
    observer.onNext(EvaluateResponse.getDefaultInstance());
    observer.onCompleted();
  }

  @Override
  public void train(TrainRequest request, StreamObserver<TrainResponse> observer) {
    Calls.<TrainResponse>serverStream(observer, emitter -> train(request, emitter));
  }

  private void train(TrainRequest request, Emitter<TrainResponse> emitter)
      throws InterruptedException {
    if (request.getData().getPanel().equals(SMALL_PANEL)) {
      throw new FailedPrecondition(TOO_SMALL);
    }
    if (refusesCheckpoints && !request.getResumeFrom().isEmpty()) {
      throw new FailedPrecondition("the checkpoint was written by another version of the code");
    }
    if (broken.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("a fault of the service's own");
    }
    if (running.incrementAndGet() > faults.capacity()) {
      running.decrementAndGet();
      throw new ResourceExhausted("trains " + faults.capacity() + " networks already");
    }
    try {
      mostRunning.accumulateAndGet(running.get(), Math::max);
      run(request, emitter, trainings.incrementAndGet());
    } finally {
      running.decrementAndGet();
    }
  }

  private void run(TrainRequest request, Emitter<TrainResponse> emitter, int training)
      throws InterruptedException {
    double target = value(request);
    int epochs = request.getMaxEpochs() == 0 ? DEFAULT_EPOCHS : request.getMaxEpochs();
    int done =
        request.getResumeFrom().isEmpty()
            ? 0
            : Integer.parseInt(request.getResumeFrom().replaceAll(".*-", ""));
    SplittableRandom noise = new SplittableRandom(request.getSeed());
    emitter.emit(started(done));
    double loss = START;
    for (int epoch = done + 1; epoch <= epochs; epoch++) {
      if (stopped.tryAcquire(
          faults.epochPause().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
        throw new Unavailable("shutting down");
      }
      if (every(faults.vanishEvery(), training) && epoch > epochs / 2) {
        throw new Unavailable("the replica vanished");
      }
      if (every(faults.divergeEvery(), training)) {
        emitter.emit(
            TrainResponse.newBuilder()
                .setDiverged(
                    TrainResponse.Diverged.newBuilder().setEpoch(epoch).setReason("loss is NaN"))
                .build());
        return;
      }
      loss = target + (START - target) * Math.exp(-1.5 * epoch) + 1e-3 * noise.nextDouble();
      emitter.emit(epoch(epoch, loss));
      emitter.emit(checkpoint(epoch));
    }
    double end = every(faults.nanEvery(), training) ? Double.NaN : target;
    emitter.emit(finished(epochs, end, training));
  }

  private static boolean every(int n, int training) {
    return n > 0 && training % n == 0;
  }

  private static double value(TrainRequest request) {
    String name = request.getArchitecture();
    for (Landscape landscape : Landscape.values()) {
      if (landscape.architecture().equals(name)) {
        double[] x = new double[landscape.dimensions];
        for (Parameter parameter : request.getParametersList()) {
          int index = Integer.parseInt(parameter.getName().substring(1)) - 1;
          x[index] = parameter.getValue().getDoubleValue();
        }
        return landscape.at(x);
      }
    }
    throw new InvalidArgument("architecture \"" + name + "\" is unknown");
  }

  private static TrainResponse started(int completed) {
    return TrainResponse.newBuilder()
        .setStarted(
            TrainResponse.Started.newBuilder().setReplica(REPLICA).setCompletedEpochs(completed))
        .build();
  }

  private static TrainResponse epoch(int epoch, double loss) {
    return TrainResponse.newBuilder()
        .setEpoch(TrainResponse.Epoch.newBuilder().setEpoch(epoch).addAllMetrics(metrics(loss)))
        .build();
  }

  private static TrainResponse checkpoint(int epoch) {
    return TrainResponse.newBuilder()
        .setCheckpoint(
            TrainResponse.Checkpoint.newBuilder()
                .setName("checkpoints/epoch-" + epoch)
                .setEpoch(epoch))
        .build();
  }

  private static TrainResponse finished(int epochs, double loss, int training) {
    return TrainResponse.newBuilder()
        .setFinished(
            TrainResponse.Finished.newBuilder()
                .setBestEpoch(epochs)
                .setCompletedEpochs(epochs)
                .addAllMetrics(metrics(loss))
                .setCandidate("candidates/" + training))
        .build();
  }

  private static List<MetricValue> metrics(double loss) {
    return List.of(MetricValue.newBuilder().setName("loss").setValue(loss).build());
  }

  @Override
  public void close() {
    stopped.release(1_000_000);
    server.shutdownNow();
  }
}
