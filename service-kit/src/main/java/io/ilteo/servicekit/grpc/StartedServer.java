package io.ilteo.servicekit.grpc;

import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.ilteo.servicekit.error.RefusedStart;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends a process whose gRPC server could not start, e.g. because its port is taken. Quarkus only
 * logs that and lives on, as a service that nobody can reach.
 */
@ApplicationScoped
public class StartedServer {
  /** First of all, but for what refuses to start and says why. */
  private static final int PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 1;

  private final GrpcHealthStorage health;
  private final String host;
  private final int port;

  StartedServer(
      GrpcHealthStorage health,
      @ConfigProperty(name = "quarkus.grpc.server.host") String host,
      @ConfigProperty(name = "quarkus.grpc.server.port") int port) {
    this.health = health;
    this.host = host;
    this.port = port;
  }

  /** The server has been started, or has failed, before anybody observes this event. */
  void require(@Observes @Priority(PRIORITY) StartupEvent event) {
    // Quarkus enters this as the last step of a start that succeeded.
    ServingStatus whole =
        health.statusForService(GrpcHealthStorage.DEFAULT_SERVICE_NAME).getStatus();
    if (whole != ServingStatus.SERVING) {
      throw new RefusedStart(refusal());
    }
  }

  private String refusal() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException taken) {
      return "the gRPC server cannot have %s:%d (%s); free it, or set ILTEO_GRPC_PORT."
          .formatted(host, port, taken.getMessage());
    }
    return "the gRPC server did not start; the log says why.";
  }
}
