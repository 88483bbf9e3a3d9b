package io.ilteo.servicekit.security;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.ilteo.servicekit.error.RefusedStart;
import io.ilteo.servicekit.grpc.Calls;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * A port for the kubelet, whose gRPC probe speaks no TLS and has no token: it answers {@code
 * grpc.health.v1.Health} and nothing else. Service {@code ""} is whether the process works, {@code
 * readiness} whether it should be sent calls.
 */
@ApplicationScoped
public class ProbePort {
  private static final int DATABASE_LIMIT_SECONDS = 2;
  private static final int MAX_REQUEST_BYTES = 4_096;

  private final OptionalInt port;
  private final Instance<DataSource> database;
  private volatile boolean draining;
  private @Nullable Server server;

  ProbePort(
      @ConfigProperty(name = "ilteo.probe.port") OptionalInt port, Instance<DataSource> database) {
    this.port = port;
    this.database = database;
  }

  void start(@Observes StartupEvent event) {
    if (port.isEmpty()) {
      return;
    }
    Server probes =
        NettyServerBuilder.forPort(port.getAsInt())
            .maxInboundMessageSize(MAX_REQUEST_BYTES)
            .addService(new Probes())
            .build();
    try {
      server = probes.start();
    } catch (IOException taken) {
      throw new RefusedStart(
          "the probe port %d cannot be had (%s); free it, or set ILTEO_PROBE_PORT."
              .formatted(port.getAsInt(), taken.getMessage()));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    draining = true;
    if (server != null) {
      server.shutdown();
    }
  }

  private boolean isReady() {
    if (draining) {
      return false;
    }
    try (Connection connection = database.get().getConnection()) {
      return connection.isValid(DATABASE_LIMIT_SECONDS);
    } catch (SQLException away) {
      return false;
    }
  }

  private final class Probes extends HealthGrpc.HealthImplBase {
    @Override
    public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
      Calls.unary(
          observer,
          () -> {
            boolean serves =
                switch (request.getService()) {
                  case "" -> true;
                  case "readiness" -> isReady();
                  default ->
                      throw Status.NOT_FOUND
                          .withDescription("services are \"\" and \"readiness\"")
                          .asRuntimeException();
                };
            return HealthCheckResponse.newBuilder()
                .setStatus(serves ? ServingStatus.SERVING : ServingStatus.NOT_SERVING)
                .build();
          });
    }
  }
}
