package io.ilteo.servicekit.security;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** This server's certificate, as PEM files; {@link EdgeConfigSource} hands it to the servers. */
@ConfigMapping(prefix = "ilteo.tls")
public interface TlsConfig {
  /** Certificate chain, its own certificate first. */
  Optional<Path> certificate();

  /** Private key, PKCS#8. */
  Optional<Path> key();

  /** The CA whose clients are other services; also whom this service trusts as a client. */
  Optional<Path> clientCa();

  /** Whether the servers speak TLS. */
  default boolean isOn() {
    return certificate().isPresent() && key().isPresent();
  }
}
