package io.ilteo.servicekit.security;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How this service calls others: with its certificate, and trusting its CA only. */
public final class ClientTls {
  private ClientTls() {}

  /** Mutual TLS where a CA is configured; plain text on one machine. */
  public static ChannelCredentials credentials(TlsConfig tls) {
    Optional<Path> authority = tls.clientCa();
    if (!tls.isOn() || authority.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    try {
      return TlsChannelCredentials.newBuilder()
          .keyManager(tls.certificate().orElseThrow().toFile(), tls.key().orElseThrow().toFile())
          .trustManager(authority.get().toFile())
          .build();
    } catch (IOException failure) {
      throw new IllegalArgumentException(
          "ILTEO_TLS_CERTIFICATE, ILTEO_TLS_KEY, ILTEO_TLS_CLIENT_CA: " + failure.getMessage(),
          failure);
    }
  }
}
