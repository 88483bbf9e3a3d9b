package io.ilteo.tuner.dispatch;

import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.Context;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.DescribeTaskRequest;
import io.ilteo.proto.model.v1.EvaluateBaselinesRequest;
import io.ilteo.proto.model.v1.EvaluateBaselinesResponse;
import io.ilteo.proto.model.v1.EvaluateRequest;
import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.ListModelVersionsRequest;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.proto.model.v1.RegisterModelVersionRequest;
import io.ilteo.proto.model.v1.SetAliasRequest;
import io.ilteo.proto.model.v1.SetAliasResponse;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.Unavailable;
import io.ilteo.servicekit.security.OnBehalf;
import io.ilteo.servicekit.tracing.Traces;
import io.ilteo.tuner.application.Cancellation;
import io.ilteo.tuner.application.ModelServices;
import io.ilteo.tuner.domain.study.StudyId;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * {@link ModelServices} over gRPC: one channel a task, balanced by round robin over all addresses
 * that its name resolves to.
 */
public final class GrpcModelServices implements ModelServices, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GrpcModelServices.class);
  private static final Duration RECONNECT_LIMIT = Duration.ofSeconds(1);
  private static final Duration DESCRIBE_LIMIT = Duration.ofSeconds(10);
  private static final Duration BASELINES_LIMIT = Duration.ofMinutes(10);
  private static final Duration REGISTRY_LIMIT = Duration.ofMinutes(10);

  /** Less than a transaction may be idle: the caller has one open. */
  private static final Duration ALIAS_LIMIT = Duration.ofSeconds(30);

  private static final Duration TRAIN_LIMIT = Duration.ofHours(24);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private static final int MAX_VERSIONS = 1_000;

  private record Endpoint(String target, ManagedChannel channel) {}

  private final Map<String, Endpoint> endpoints = new TreeMap<>();

  /**
   * Connects lazily.
   *
   * @param targets host:port by task, e.g. {@code wage=127.0.0.1:9001,satisfaction=127.0.0.1:9002}
   */
  public GrpcModelServices(String targets) {
    this(targets, InsecureChannelCredentials.create(), Traces.off().calls());
  }

  /**
   * Connects lazily.
   *
   * @param credentials how to prove to the model services who calls
   * @param traces makes the calls part of the caller's trace
   */
  public GrpcModelServices(
      String targets, ChannelCredentials credentials, ClientInterceptor traces) {
    for (String pair : targets.isBlank() ? new String[0] : targets.split(",", -1)) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new IllegalArgumentException(
            "ilteo.model-services: \"" + pair + "\"; pairs like wage=127.0.0.1:9001");
      }
      ManagedChannel channel =
          NettyChannelBuilder.forTarget("dns:///" + parts[1], credentials)
              .defaultLoadBalancingPolicy("round_robin")
              .intercept(new OnBehalf(), traces)
              .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
              .build();
      endpoints.put(parts[0], new Endpoint(parts[1], channel));
    }
  }

  @Override
  public Set<String> tasks() {
    return Set.copyOf(endpoints.keySet());
  }

  @Override
  public String target(String task) {
    return endpoint(task).target();
  }

  /** The channel to a task's model service, for calls that only pass through the tuner. */
  public Channel channel(String task) {
    return connected(task);
  }

  @Override
  public Task describe(String task) {
    try {
      return stub(task, DESCRIBE_LIMIT)
          .describeTask(DescribeTaskRequest.getDefaultInstance())
          .getTask();
    } catch (StatusRuntimeException failure) {
      throw translate(task, failure);
    }
  }

  @Override
  public EvaluateBaselinesResponse baselines(String task, DataSpec data) {
    try {
      return stub(task, BASELINES_LIMIT)
          .evaluateBaselines(EvaluateBaselinesRequest.newBuilder().setData(data).build());
    } catch (StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        return EvaluateBaselinesResponse.getDefaultInstance();
      }
      throw translate(task, failure);
    }
  }

  @Override
  public TrainingEnd train(
      String task, TrainRequest request, Listener listener, Cancellation cancellation) {
    Context.CancellableContext context = Context.current().withCancellation();
    cancellation.onCancel(() -> context.cancel(null));
    try {
      return context.call(
          () -> {
            Iterator<TrainResponse> events = stub(task, TRAIN_LIMIT).train(request);
            while (events.hasNext()) {
              if (!listener.onEvent(events.next())) {
                return new TrainingEnd.Cancelled();
              }
            }
            return new TrainingEnd.Ended();
          });
    } catch (StatusRuntimeException failure) {
      return cancellation.isCancelled() ? new TrainingEnd.Cancelled() : ending(failure.getStatus());
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      context.cancel(null);
    }
  }

  @Override
  public String register(String task, List<String> candidates) {
    try {
      return registry(task, REGISTRY_LIMIT)
          .registerModelVersion(
              RegisterModelVersionRequest.newBuilder().addAllCandidates(candidates).build())
          .getModelVersion()
          .getName();
    } catch (StatusRuntimeException failure) {
      throw translate(task, failure);
    }
  }

  @Override
  public Evaluation evaluate(String task, String modelVersion, StudyId study) {
    try {
      return stub(task, BASELINES_LIMIT)
          .evaluate(
              EvaluateRequest.newBuilder()
                  .setModelVersion(modelVersion)
                  .setStudy(study.name())
                  .build())
          .getEvaluation();
    } catch (StatusRuntimeException failure) {
      throw translate(task, failure);
    }
  }

  @Override
  public List<ModelVersion> evaluated(String task, StudyId study) {
    try {
      ListModelVersionsRequest newest =
          ListModelVersionsRequest.newBuilder().setPageSize(MAX_VERSIONS).build();
      return registry(task, REGISTRY_LIMIT)
          .listModelVersions(newest)
          .getModelVersionsList()
          .stream()
          .filter(
              version ->
                  version.getEvaluationsList().stream()
                      .anyMatch(evaluation -> evaluation.getStudy().equals(study.name())))
          .toList();
    } catch (StatusRuntimeException failure) {
      return switch (failure.getStatus().getCode()) {
        case UNIMPLEMENTED, UNAVAILABLE -> List.of();
        default -> throw translate(task, failure);
      };
    }
  }

  @Override
  public void setAlias(String task, String alias, String modelVersion, String reason) {
    try {
      SetAliasResponse changed =
          registry(task, ALIAS_LIMIT)
              .setAlias(
                  SetAliasRequest.newBuilder()
                      .setAlias(alias)
                      .setModelVersion(modelVersion)
                      .setReason(reason)
                      .build());
      if (!changed.getAlias().getModelVersion().equals(modelVersion)) {
        throw new Unavailable(
            "alias " + alias + " points at " + changed.getAlias().getModelVersion());
      }
    } catch (StatusRuntimeException failure) {
      throw translate(task, failure);
    }
  }

  private ModelRegistryServiceGrpc.ModelRegistryServiceBlockingStub registry(
      String task, Duration limit) {
    return ModelRegistryServiceGrpc.newBlockingStub(connected(task))
        .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static TrainingEnd ending(Status status) {
    String reason = Objects.requireNonNullElse(status.getDescription(), status.getCode().name());
    return switch (status.getCode()) {
      case RESOURCE_EXHAUSTED -> new TrainingEnd.Busy(reason);
      case ABORTED -> new TrainingEnd.GivenBack(reason);
      case INVALID_ARGUMENT,
          NOT_FOUND,
          FAILED_PRECONDITION,
          UNIMPLEMENTED,
          PERMISSION_DENIED,
          OUT_OF_RANGE ->
          new TrainingEnd.Refused(reason);
      case INTERNAL, UNKNOWN, DATA_LOSS -> new TrainingEnd.Broken(reason);
      default -> new TrainingEnd.Gone(reason);
    };
  }

  private static RuntimeException translate(String task, StatusRuntimeException failure) {
    String reason =
        Objects.requireNonNullElse(
            failure.getStatus().getDescription(), failure.getStatus().getCode().name());
    return switch (failure.getStatus().getCode()) {
      case INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION -> new InvalidArgument(reason);
      default ->
          new Unavailable("the model service of task " + task + " does not answer: " + reason);
    };
  }

  private TrainingServiceGrpc.TrainingServiceBlockingStub stub(String task, Duration limit) {
    return TrainingServiceGrpc.newBlockingStub(connected(task))
        .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The channel of a task. One that lost its servers backs off, for two minutes in the end, though
   * they may be back already: it is made to try again at once, and given a moment.
   */
  private ManagedChannel connected(String task) {
    ManagedChannel channel = endpoint(task).channel();
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      CountDownLatch changed = new CountDownLatch(1);
      channel.notifyWhenStateChanged(ConnectivityState.TRANSIENT_FAILURE, changed::countDown);
      channel.resetConnectBackoff();
      try {
        if (!changed.await(RECONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.debugf("task %s: still no connection", task);
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    return channel;
  }

  private Endpoint endpoint(String task) {
    Endpoint endpoint = endpoints.get(task);
    if (endpoint == null) {
      throw new InvalidArgument("task \"" + task + "\" is unknown; there are " + tasks());
    }
    return endpoint;
  }

  @Override
  public void close() {
    endpoints.values().forEach(endpoint -> endpoint.channel().shutdownNow());
  }
}
