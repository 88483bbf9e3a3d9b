package io.ilteo.cli.client;

import io.grpc.ManagedChannel;
import io.ilteo.cli.platform.Service;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc;
import io.ilteo.proto.model.v1.ModelRegistryServiceGrpc.ModelRegistryServiceBlockingStub;
import io.ilteo.proto.model.v1.TrainingServiceGrpc;
import io.ilteo.proto.model.v1.TrainingServiceGrpc.TrainingServiceBlockingStub;
import io.ilteo.proto.panel.v1.PanelServiceGrpc;
import io.ilteo.proto.panel.v1.PanelServiceGrpc.PanelServiceBlockingStub;
import io.ilteo.proto.security.v1.TokenServiceGrpc;
import io.ilteo.proto.security.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.ilteo.proto.tuner.v1.AnalysisServiceGrpc;
import io.ilteo.proto.tuner.v1.AnalysisServiceGrpc.AnalysisServiceBlockingStub;
import io.ilteo.proto.tuner.v1.ReportServiceGrpc;
import io.ilteo.proto.tuner.v1.ReportServiceGrpc.ReportServiceBlockingStub;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc;
import io.ilteo.proto.tuner.v1.StudyServiceGrpc.StudyServiceBlockingStub;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc;
import io.ilteo.proto.tuner.v1.TrialServiceGrpc.TrialServiceBlockingStub;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Stubs of the three services over one channel each. Every call has a deadline. */
public final class Services implements AutoCloseable {
  /** For calls that only read or change a row. */
  public static final Duration SHORT = Duration.ofSeconds(30);

  /** For calls that move or compute a panel. */
  public static final Duration LONG = Duration.ofMinutes(15);

  private final Map<Service, ManagedChannel> channels = new EnumMap<>(Service.class);

  private Services() {}

  /** Connects lazily. */
  public static Services of(Access access) {
    Services services = new Services();
    for (Service service : Service.values()) {
      services.channels.put(service, access.channel(service));
    }
    return services;
  }

  /** The channel of a service. */
  public ManagedChannel channel(Service service) {
    return Objects.requireNonNull(channels.get(service));
  }

  public StudyServiceBlockingStub studies() {
    return StudyServiceGrpc.newBlockingStub(channel(Service.TUNER))
        .withDeadlineAfter(SHORT.toSeconds(), TimeUnit.SECONDS);
  }

  public AnalysisServiceBlockingStub analysis() {
    return AnalysisServiceGrpc.newBlockingStub(channel(Service.TUNER))
        .withDeadlineAfter(SHORT.toSeconds(), TimeUnit.SECONDS);
  }

  /** For what registers and evaluates a model. */
  public StudyServiceBlockingStub promotions() {
    return StudyServiceGrpc.newBlockingStub(channel(Service.TUNER))
        .withDeadlineAfter(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  public TrialServiceBlockingStub trials() {
    return TrialServiceGrpc.newBlockingStub(channel(Service.TUNER))
        .withDeadlineAfter(SHORT.toSeconds(), TimeUnit.SECONDS);
  }

  public ReportServiceBlockingStub reports() {
    return ReportServiceGrpc.newBlockingStub(channel(Service.TUNER))
        .withDeadlineAfter(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  public PanelServiceBlockingStub panels(Service service) {
    return PanelServiceGrpc.newBlockingStub(channel(service))
        .withDeadlineAfter(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  public TrainingServiceBlockingStub training(Service service) {
    return TrainingServiceGrpc.newBlockingStub(channel(service))
        .withDeadlineAfter(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  public ModelRegistryServiceBlockingStub registry(Service service) {
    return ModelRegistryServiceGrpc.newBlockingStub(channel(service))
        .withDeadlineAfter(SHORT.toSeconds(), TimeUnit.SECONDS);
  }

  public TokenServiceBlockingStub tokens(Service service) {
    return TokenServiceGrpc.newBlockingStub(channel(service))
        .withDeadlineAfter(SHORT.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
