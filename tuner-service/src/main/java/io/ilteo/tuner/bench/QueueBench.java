package io.ilteo.tuner.bench;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.search.v1.DoubleDomain;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.Scale;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.proto.tuner.v1.AskTrialRequest;
import io.ilteo.proto.tuner.v1.AskTrialResponse;
import io.ilteo.proto.tuner.v1.CreateStudyRequest;
import io.ilteo.proto.tuner.v1.GetStudyRequest;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.SamplerSpec;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.proto.tuner.v1.StudyState;
import io.ilteo.proto.tuner.v1.TellTrialRequest;
import io.ilteo.proto.tuner.v1.TellTrialResponse;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Ask and tell over gRPC against tuner replicas that run: trials a second.
 *
 * <p>Without further arguments the three loads that the tuner is held to, each with two calls a
 * trial and with one: one client with {@code random} and with {@code tpe}, then 64 clients on 4
 * studies. Or one load: {@code --trials N} a study (1,000), {@code --clients N} (1), {@code
 * --studies N} (1), {@code --sampler NAME} (random), {@code --calls N} a trial (2). {@code --target
 * HOST:PORT[,HOST:PORT]} names the replicas; clients go round among them. Fails if a trial is given
 * twice, if a study's numbers have a gap, or if it ends with anything but its budget.
 */
public final class QueueBench {
  /** Where the launcher says that the replicas are. */
  private static final String TARGET = "ILTEO_TUNER_GRPC";

  private static final int PARAMETERS = 5;

  /** With fewer, what is measured is the compiler, which shares the processor. */
  private static final int WARM_UP_TRIALS = 5_000;

  private static final int WARM_UP_CLIENTS = 16;
  private static final List<Load> LOADS =
      List.of(
          new Load("random", 2_000, 1, 1, 2),
          new Load("random", 2_000, 1, 1, 1),
          new Load("tpe", 5_000, 1, 1, 2),
          new Load("tpe", 5_000, 1, 1, 1),
          new Load("random", 5_000, 64, 4, 2),
          new Load("random", 5_000, 64, 4, 1));

  private QueueBench() {}

  /**
   * Studies of so many trials each, and how many clients drive them.
   *
   * @param calls a trial: 2 to ask and to tell, 1 to tell and ask for the next in one
   */
  private record Load(String sampler, int trials, int clients, int studies, int calls) {
    Load {
      if (calls != 1 && calls != 2) {
        throw new IllegalArgumentException("--calls " + calls + "; 1 or 2");
      }
    }
  }

  /** Prints one JSON object a load. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> options = options(args);
    String target =
        options.getOrDefault(
            "target", Objects.requireNonNullElse(System.getenv(TARGET), "127.0.0.1:9000"));
    options.remove("target");
    List<ManagedChannel> channels = new ArrayList<>();
    for (String address : target.split(",", -1)) {
      channels.add(NettyChannelBuilder.forTarget(address).usePlaintext().build());
    }
    try {
      for (ManagedChannel replica : channels) {
        run(List.of(replica), new Load("random", WARM_UP_TRIALS, WARM_UP_CLIENTS, 1, 2));
      }
      for (Load load : options.isEmpty() ? LOADS : List.of(load(options))) {
        double seconds = run(channels, load);
        Json.print(
            "trials_per_s",
            load.trials() * load.studies() / seconds,
            "1/s",
            Map.of(
                "sampler", load.sampler(),
                "trials", load.trials(),
                "clients", load.clients(),
                "studies", load.studies(),
                "calls", load.calls(),
                "replicas", Math.min(load.clients(), channels.size())));
      }
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private static Load load(Map<String, String> options) {
    return new Load(
        options.getOrDefault("sampler", "random"),
        Integer.parseInt(options.getOrDefault("trials", "1000")),
        Integer.parseInt(options.getOrDefault("clients", "1")),
        Integer.parseInt(options.getOrDefault("studies", "1")),
        Integer.parseInt(options.getOrDefault("calls", "2")));
  }

  /** Runs studies to their end and returns how long that took, in seconds. */
  private static double run(List<ManagedChannel> channels, Load load) throws InterruptedException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < load.studies(); i++) {
      names.add(create(channels.getFirst(), load, i));
    }
    Set<String> given = ConcurrentHashMap.newKeySet();
    AtomicInteger told = new AtomicInteger();
    Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < load.clients(); i++) {
      ManagedChannel channel = channels.get(i % channels.size());
      // Each study has clients on every replica.
      String study = names.get(i / channels.size() % names.size());
      workers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      work(channel, study, load.calls() == 1, given, told);
                    } catch (RuntimeException failure) {
                      failures.add(failure);
                    }
                  }));
    }
    for (Thread worker : workers) {
      worker.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
    check(channels.getLast(), load, names, given, told.get());
    return seconds;
  }

  private static void check(
      ManagedChannel channel, Load load, List<String> names, Set<String> given, int told) {
    int wanted = load.trials() * load.studies();
    if (told != wanted || given.size() != wanted) {
      throw new IllegalStateException(
          "%d told, %d given, %d wanted".formatted(told, given.size(), wanted));
    }
    for (String name : names) {
      for (int number = 1; number <= load.trials(); number++) {
        if (!given.contains(name + "/trials/" + number)) {
          throw new IllegalStateException(name + " has a gap at " + number);
        }
      }
      var study =
          StudyServiceGrpc.newBlockingStub(channel)
              .getStudy(GetStudyRequest.newBuilder().setName(name).build())
              .getStudy();
      if (study.getState() != StudyState.STUDY_STATE_COMPLETED
          || study.getProgress().getCompleted() != load.trials()) {
        throw new IllegalStateException(
            "%s is %s with %d completed"
                .formatted(name, study.getState(), study.getProgress().getCompleted()));
      }
    }
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--") && !args[i].equals("--json") && i + 1 < args.length) {
        options.put(args[i].substring(2), args[i + 1]);
        i++;
      }
    }
    return options;
  }

  private static String create(ManagedChannel channel, Load load, int seed) {
    SearchSpace.Builder space = SearchSpace.newBuilder();
    for (int i = 1; i <= PARAMETERS; i++) {
      space.addParameters(
          ParameterSpec.newBuilder()
              .setName("x" + i)
              .setDoubleDomain(
                  DoubleDomain.newBuilder().setMin(-5).setMax(5).setScale(Scale.SCALE_LINEAR)));
    }
    StudySpec spec =
        StudySpec.newBuilder()
            .setSearchSpace(space)
            .addObjectives(
                Objective.newBuilder().setMetric("loss").setDirection(Direction.DIRECTION_MINIMIZE))
            .setSampler(SamplerSpec.newBuilder().setName(load.sampler()))
            .setBudget(load.trials())
            .setParallelism(load.clients())
            .setSeed(seed)
            .build();
    return StudyServiceGrpc.newBlockingStub(channel)
        .createStudy(
            CreateStudyRequest.newBuilder()
                .setDisplayName("queue benchmark")
                .setSpec(spec)
                .setStart(true)
                .build())
        .getStudy()
        .getName();
  }

  private static void work(
      ManagedChannel channel,
      String study,
      boolean together,
      Set<String> given,
      AtomicInteger told) {
    var stub = TrialServiceGrpc.newBlockingStub(channel);
    AskTrialRequest ask =
        AskTrialRequest.newBuilder().setStudy(study).setWorker("queue-bench").build();
    Optional<AskTrialResponse> next = Optional.empty();
    while (true) {
      try {
        AskTrialResponse answer = next.orElseGet(() -> stub.askTrial(ask));
        next = Optional.empty();
        if (!given.add(answer.getTrial().getName())) {
          throw new IllegalStateException(answer.getTrial().getName() + " was given twice");
        }
        TellTrialResponse done = stub.tellTrial(tell(answer, together));
        told.incrementAndGet();
        next = done.hasNext() ? Optional.of(done.getNext()) : Optional.empty();
      } catch (StatusRuntimeException refused) {
        if (refused.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
          LockSupport.parkNanos(1_000_000);
        } else if (refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) {
          return;
        } else {
          throw refused;
        }
      }
    }
  }

  private static TellTrialRequest tell(AskTrialResponse answer, boolean askNext) {
    TellTrialRequest.Builder tell =
        TellTrialRequest.newBuilder()
            .setAttempt(answer.getAttempt())
            .setToken(answer.getToken())
            .setCompleted(
                TellTrialRequest.Completed.newBuilder()
                    .addMetrics(MetricValue.newBuilder().setName("loss").setValue(sphere(answer))));
    if (askNext) {
      tell.setAskNext(TellTrialRequest.AskNext.newBuilder().setWorker("queue-bench"));
    }
    return tell.build();
  }

  private static double sphere(AskTrialResponse answer) {
    return answer.getTrial().getParametersList().stream()
        .mapToDouble(p -> p.getValue().getDoubleValue())
        .map(x -> x * x)
        .sum();
  }
}
