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
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.SamplerSpec;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.proto.tuner.v1.TellTrialRequest;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Ask and tell over gRPC against tuner replicas that run: trials a second.
 *
 * <p>{@code --target HOST:PORT[,HOST:PORT]} (127.0.0.1:9000), {@code --trials N} a study (1,000),
 * {@code --clients N} (1), {@code --studies N} (1), {@code --sampler NAME} (random). Fails if a
 * trial is given twice or a study ends with a number of trials that is not its budget.
 */
public final class QueueBench {
  private static final int PARAMETERS = 5;

  private QueueBench() {}

  /** Prints one JSON object. */
  public static void main(String[] args) throws InterruptedException {
    Map<String, String> options = options(args);
    int trials = Integer.parseInt(options.getOrDefault("trials", "1000"));
    int clients = Integer.parseInt(options.getOrDefault("clients", "1"));
    int studies = Integer.parseInt(options.getOrDefault("studies", "1"));
    String sampler = options.getOrDefault("sampler", "random");
    List<ManagedChannel> channels = new ArrayList<>();
    for (String target : options.getOrDefault("target", "127.0.0.1:9000").split(",", -1)) {
      channels.add(NettyChannelBuilder.forTarget(target).usePlaintext().build());
    }
    try {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < studies; i++) {
        names.add(create(channels.getFirst(), trials, clients, sampler, i));
      }
      Set<String> given = ConcurrentHashMap.newKeySet();
      AtomicInteger told = new AtomicInteger();
      long start = System.nanoTime();
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        ManagedChannel channel = channels.get(i % channels.size());
        String study = names.get(i % names.size());
        workers.add(Thread.ofVirtual().start(() -> work(channel, study, given, told)));
      }
      for (Thread worker : workers) {
        worker.join();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (told.get() != trials * studies || given.size() != told.get()) {
        throw new IllegalStateException(
            "%d told, %d given, %d wanted".formatted(told.get(), given.size(), trials * studies));
      }
      System.out.printf(
          Locale.ROOT,
          "{\"name\":\"trials_per_s\",\"value\":%.1f,\"unit\":\"1/s\",\"params\":{\"sampler\":\"%s\",\"trials\":%d,\"clients\":%d,\"studies\":%d,\"replicas\":%d}}%n",
          told.get() / seconds,
          sampler,
          trials,
          clients,
          studies,
          channels.size());
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
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

  private static String create(
      ManagedChannel channel, int trials, int clients, String sampler, int seed) {
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
            .setSampler(SamplerSpec.newBuilder().setName(sampler))
            .setBudget(trials)
            .setParallelism(Math.max(1, clients))
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
      ManagedChannel channel, String study, Set<String> given, AtomicInteger told) {
    var stub = TrialServiceGrpc.newBlockingStub(channel);
    AskTrialRequest ask =
        AskTrialRequest.newBuilder().setStudy(study).setWorker("queue-bench").build();
    while (true) {
      try {
        AskTrialResponse answer = stub.askTrial(ask);
        if (!given.add(answer.getTrial().getName())) {
          throw new IllegalStateException(answer.getTrial().getName() + " was given twice");
        }
        stub.tellTrial(
            TellTrialRequest.newBuilder()
                .setAttempt(answer.getAttempt())
                .setToken(answer.getToken())
                .setCompleted(
                    TellTrialRequest.Completed.newBuilder()
                        .addMetrics(
                            MetricValue.newBuilder().setName("loss").setValue(sphere(answer))))
                .build());
        told.incrementAndGet();
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

  private static double sphere(AskTrialResponse answer) {
    return answer.getTrial().getParametersList().stream()
        .mapToDouble(p -> p.getValue().getDoubleValue())
        .map(x -> x * x)
        .sum();
  }
}
