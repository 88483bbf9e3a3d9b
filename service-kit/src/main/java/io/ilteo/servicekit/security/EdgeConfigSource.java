package io.ilteo.servicekit.security;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
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
  private static final String STORE_PASSWORD = "certificates-only";

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
    settings.put("quarkus.grpc.server.plain-text", "false");
    settings.put("quarkus.grpc.server.ssl.certificate", certificate.get());
    settings.put("quarkus.grpc.server.ssl.key", key.get());
    value(context, "ilteo.tls.client-ca")
        .ifPresent(
            authority -> {
              settings.put("quarkus.grpc.server.ssl.trust-store", trustStore(authority));
              settings.put("quarkus.grpc.server.ssl.trust-store-type", "pkcs12");
              settings.put("quarkus.grpc.server.ssl.trust-store-password", STORE_PASSWORD);
              // People have tokens and no certificate; services have a certificate.
              settings.put("quarkus.grpc.server.ssl.client-auth", "REQUEST");
            });
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

  /** The gRPC server reads no PEM as a trust store: the public CA goes into a PKCS#12 file. */
  private static String trustStore(String pem) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      try (InputStream in = Files.newInputStream(Path.of(pem))) {
        for (Certificate authority :
            CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          store.setCertificateEntry("ca-" + number++, authority);
        }
      }
      Path file = Files.createTempFile("ilteo-ca", ".p12");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        store.store(out, STORE_PASSWORD.toCharArray());
      }
      return file.toString();
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalArgumentException(
          "ILTEO_TLS_CLIENT_CA: cannot read certificates from " + pem, failure);
    }
  }
}
