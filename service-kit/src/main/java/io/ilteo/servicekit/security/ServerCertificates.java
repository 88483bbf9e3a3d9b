package io.ilteo.servicekit.security;

import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Singleton;

/** Hands {@link TlsIdentity} to the HTTP and the gRPC server, which ask it at each handshake. */
@Singleton
@Unremovable
class ServerCertificates
    implements HttpServerOptionsCustomizer, ServerBuilderCustomizer<VertxServerBuilder> {
  private final TlsIdentity identity;

  ServerCertificates(TlsIdentity identity) {
    this.identity = identity;
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    if (identity.isOn()) {
      options.setKeyCertOptions(KeyCertOptions.wrap(identity.key()));
    }
  }

  @Override
  public void customize(GrpcServerConfiguration config, VertxServerBuilder builder) {
    if (identity.isOn()) {
      builder.useSsl(
          options -> {
            options.setKeyCertOptions(KeyCertOptions.wrap(identity.key()));
            identity
                .clients()
                .ifPresent(clients -> options.setTrustOptions(TrustOptions.wrap(clients)));
          });
    }
  }
}
