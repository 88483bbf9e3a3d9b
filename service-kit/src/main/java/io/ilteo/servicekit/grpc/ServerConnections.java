package io.ilteo.servicekit.grpc;

import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** How long a gRPC server keeps the connections of its clients. */
@Singleton
@Unremovable
class ServerConnections implements ServerBuilderCustomizer<VertxServerBuilder> {
  /**
   * A client looks names up anew only when a connection ends: without an end it would never learn
   * of replicas that were added. Calls that run are finished first.
   */
  private static final long AGE_SECONDS = 120;

  @Override
  public void customize(GrpcServerConfiguration config, VertxServerBuilder builder) {
    builder.nettyBuilder().maxConnectionAge(AGE_SECONDS, TimeUnit.SECONDS);
  }
}
