package io.ilteo.cli.platform;

import java.util.Locale;

/** The three servers, in the order in which they start. */
public enum Service {
  WAGE(PlatformPort.WAGE_HTTP, PlatformPort.WAGE_GRPC, 1_536),
  SATISFACTION(PlatformPort.SATISFACTION_HTTP, PlatformPort.SATISFACTION_GRPC, 1_536),
  TUNER(PlatformPort.TUNER_HTTP, PlatformPort.TUNER_GRPC, 512);

  private final PlatformPort httpPort;
  private final PlatformPort grpcPort;
  private final int heapMebibytes;

  Service(PlatformPort httpPort, PlatformPort grpcPort, int heapMebibytes) {
    this.httpPort = httpPort;
    this.grpcPort = grpcPort;
    this.heapMebibytes = heapMebibytes;
  }

  /** E.g. {@code wage}: also the name of its schema and role. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where its gRPC server listens. */
  public PlatformPort grpcPort() {
    return grpcPort;
  }

  /** Where its HTTP server listens. */
  public PlatformPort httpPort() {
    return httpPort;
  }

  int heapMebibytes() {
    return heapMebibytes;
  }

  String jar() {
    return id() + "-service/target/quarkus-app/quarkus-run.jar";
  }
}
