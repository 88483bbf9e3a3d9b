package io.ilteo.servicekit.security;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns {@code ilteo.tls.*} into the settings of the HTTP and gRPC servers, so that a deployment
 * names each file once.
 */
public final class EdgeConfigSource implements ConfigSourceFactory {
  private static final int ORDINAL = 275;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Optional<String> certificate = value(context, "ilteo.tls.certificate");
    Optional<String> key = value(context, "ilteo.tls.key");
    if (certificate.isEmpty() || key.isEmpty()) {
      return List.of();
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.http.ssl.certificate.files", certificate.get());
    settings.put("quarkus.http.ssl.certificate.key-files", key.get());
    settings.put("quarkus.http.insecure-requests", "disabled");
    value(context, "quarkus.http.port")
        .ifPresent(port -> settings.put("quarkus.http.ssl-port", port));
    // Its certificates come from TlsIdentity, which reads them again when they change.
    settings.put("quarkus.grpc.server.plain-text", "false");
    // People have tokens and no certificate; services have a certificate.
    value(context, "ilteo.tls.client-ca")
        .ifPresent(authority -> settings.put("quarkus.grpc.server.ssl.client-auth", "REQUEST"));
    return List.of(new PropertiesConfigSource(settings, "ilteo TLS", ORDINAL));
  }

  @Override
  public OptionalInt getPriority() {
    return OptionalInt.of(ORDINAL);
  }

  private static Optional<String> value(ConfigSourceContext context, String name) {
    return Optional.ofNullable(context.getValue(name))
        .map(ConfigValue::getValue)
        .filter(text -> !text.isBlank());
  }
}
