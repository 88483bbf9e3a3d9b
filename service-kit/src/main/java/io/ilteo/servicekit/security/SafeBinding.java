package io.ilteo.servicekit.security;

import io.ilteo.servicekit.error.RefusedStart;
import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Refuses to start a server that others than this machine could reach without TLS or without
 * authentication, before it listens.
 */
@Singleton
@Unremovable
class SafeBinding
    implements HttpServerOptionsCustomizer, ServerBuilderCustomizer<VertxServerBuilder> {
  private static final List<String> HOSTS =
      List.of("quarkus.http.host", "quarkus.grpc.server.host");

  private final AuthConfig auth;
  private final TlsConfig tls;

  SafeBinding(AuthConfig auth, TlsConfig tls) {
    this.auth = auth;
    this.tls = tls;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    require();
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    require();
  }

  @Override
  public void customize(GrpcServerConfiguration config, VertxServerBuilder builder) {
    require();
  }

  /** The gRPC server, which starts first, only logs why it did not: this ends the process. */
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    require();
  }

  private void require() {
    String reason = refusal(ConfigProvider.getConfig(), tls.isOn(), auth);
    if (!reason.isEmpty()) {
      throw new RefusedStart(reason);
    }
  }

  /** One line for a person; empty if all is well. */
  static String refusal(Config config, boolean hasTls, AuthConfig auth) {
    if (auth.jwks().isPresent() && (auth.issuer().isEmpty() || auth.audience().isEmpty())) {
      return "ILTEO_AUTH_JWKS needs ILTEO_AUTH_ISSUER and ILTEO_AUTH_AUDIENCE: without them a token"
          + " made for somebody else would be accepted.";
    }
    if (auth.jwks().filter(place -> place.startsWith("http://")).isPresent()) {
      return "ILTEO_AUTH_JWKS is a plain http address; keys must come from https or a file.";
    }
    for (String property : HOSTS) {
      String host = config.getOptionalValue(property, String.class).orElse("0.0.0.0");
      if (isLoopback(host)) {
        continue;
      }
      if (!hasTls) {
        return "%s is %s, which others than this machine can reach, without TLS; set"
                .formatted(property, host)
            + " ILTEO_TLS_CERTIFICATE and ILTEO_TLS_KEY, or bind to 127.0.0.1.";
      }
      if (!auth.isOn()) {
        return "%s is %s, which others than this machine can reach, without authentication; set"
                .formatted(property, host)
            + " ILTEO_AUTH_TOKENS or ILTEO_AUTH_JWKS, or bind to 127.0.0.1.";
      }
    }
    return "";
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
