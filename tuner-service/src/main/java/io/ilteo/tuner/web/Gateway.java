package io.ilteo.tuner.web;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServiceDescriptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import io.ilteo.proto.satisfaction.v1.SatisfactionServiceGrpc;
import io.ilteo.proto.tuner.v1.AnalysisServiceGrpc;
import io.ilteo.proto.tuner.v1.ReportServiceGrpc;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc;
import io.ilteo.proto.wage.v1.WageServiceGrpc;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.error.DomainException.NotFound;
import io.ilteo.servicekit.security.Caller;
import io.ilteo.tuner.dispatch.GrpcModelServices;
import io.ilteo.tuner.wire.Json;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls a contract's unary method with a request given as protobuf JSON: the tuner's own services
 * in this process, a task's services over the channel that the dispatcher uses.
 *
 * <p>The browser thus meets the same validation, limits and messages as any gRPC client. Only what
 * the dashboard needs can be called.
 */
@Singleton
public class Gateway {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** The tuner's services that a browser may call. */
  private static final Map<String, ServiceDescriptor> OWN =
      byName(
          StudyServiceGrpc.getServiceDescriptor(),
          TrialServiceGrpc.getServiceDescriptor(),
          AnalysisServiceGrpc.getServiceDescriptor(),
          ReportServiceGrpc.getServiceDescriptor());

  /** The model services' services that a browser may call. */
  private static final Map<String, ServiceDescriptor> OF_TASKS =
      byName(
          ModelRegistryServiceGrpc.getServiceDescriptor(),
          TrainingServiceGrpc.getServiceDescriptor(),
          PanelServiceGrpc.getServiceDescriptor(),
          WageServiceGrpc.getServiceDescriptor(),
          SatisfactionServiceGrpc.getServiceDescriptor());

  /** Leases are for workers; nobody deletes versions or panels, or reads test folds, by a click. */
  private static final Set<String> WITHHELD =
      Set.of(
          "AskTrial",
          "ReportMeasurements",
          "TellTrial",
          "ReleaseTrial",
          "Evaluate",
          "DeleteModelVersion",
          "DeletePanel");

  private final GrpcModelServices tasks;
  private final Server server;
  private final ManagedChannel own;

  public Gateway(@Any Instance<BindableService> services, GrpcModelServices tasks) {
    this.tasks = tasks;
    String name = "dashboard-" + UUID.randomUUID();
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name).intercept(new CallerRelay());
    services.stream()
        .map(BindableService::bindService)
        .filter(service -> OWN.containsKey(service.getServiceDescriptor().getName()))
        .forEach(builder::addService);
    try {
      server = builder.build().start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    own = InProcessChannelBuilder.forName(name).build();
  }

  /**
   * Calls and waits, two minutes at most.
   *
   * @param service e.g. {@code ilteo.tuner.v1.StudyService}
   * @param task whose model service to ask; empty for the tuner's own services
   * @param caller whom audit events name; the door that let it in has checked its role
   * @throws io.grpc.StatusRuntimeException as the service answers
   */
  String call(String service, String method, String task, String request, Caller caller) {
    Map<String, ServiceDescriptor> open = task.isEmpty() ? OWN : OF_TASKS;
    ServiceDescriptor descriptor = open.get(service);
    if (descriptor == null || WITHHELD.contains(method)) {
      throw unknown(service, method);
    }
    MethodDescriptor<?, ?> found =
        descriptor.getMethods().stream()
            .filter(candidate -> method.equals(candidate.getBareMethodName()))
            .filter(candidate -> candidate.getType() == MethodDescriptor.MethodType.UNARY)
            .findFirst()
            .orElseThrow(() -> unknown(service, method));
    Channel channel =
        task.isEmpty()
            ? ClientInterceptors.intercept(
                own, MetadataUtils.newAttachHeadersInterceptor(CallerRelay.headers(caller)))
            : tasks.channel(task);
    return Json.write(unary(channel, found, request));
  }

  private static NotFound unknown(String service, String method) {
    return new NotFound("the dashboard offers no " + service + "/" + method);
  }

  @SuppressWarnings("unchecked") // every method of the contracts takes and returns messages
  private static Message unary(Channel channel, MethodDescriptor<?, ?> found, String json) {
    MethodDescriptor<Message, Message> method = (MethodDescriptor<Message, Message>) found;
    Message.Builder builder =
        ((Message)
                ((MethodDescriptor.PrototypeMarshaller<Message>) method.getRequestMarshaller())
                    .getMessagePrototype())
            .newBuilderForType();
    try {
      JsonFormat.parser().merge(json.isBlank() ? "{}" : json, builder);
    } catch (InvalidProtocolBufferException wrong) {
      throw new InvalidArgument("request: " + wrong.getMessage());
    }
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(LIMIT.toSeconds(), TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(channel, method, options, builder.build());
  }

  private static Map<String, ServiceDescriptor> byName(ServiceDescriptor... services) {
    return Stream.of(services)
        .collect(Collectors.toUnmodifiableMap(ServiceDescriptor::getName, Function.identity()));
  }

  @PreDestroy
  void close() {
    own.shutdownNow();
    server.shutdownNow();
  }
}
