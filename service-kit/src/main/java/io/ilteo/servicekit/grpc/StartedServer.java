package io.ilteo.servicekit.grpc;

import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends a process whose gRPC server could not start, e.g. because its port is taken. Quarkus only
 * logs that and lives on, as a service that nobody can reach.
 */
@ApplicationScoped
public class StartedServer {
  private final GrpcHealthStorage health;
  private final int port;

  StartedServer(
      GrpcHealthStorage health, @ConfigProperty(name = "quarkus.grpc.server.port") int port) {
    this.health = health;
    this.port = port;
  }

  /** The server has been started, or has failed, before anybody observes this event. */
  void require(@Observes StartupEvent event) {
    // Quarkus enters the server and its services as the last step of a start that succeeded.
    if (health.getStatuses().isEmpty()) {
      throw new PreventFurtherStepsException(
          "ilteo: the gRPC server did not start; is port %d taken? Free it, or set ILTEO_GRPC_PORT."
              .formatted(port),
          2);
    }
  }
}
