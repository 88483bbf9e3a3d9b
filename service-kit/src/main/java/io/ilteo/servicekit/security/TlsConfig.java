package io.ilteo.servicekit.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** This server's certificate, as PEM files; {@link TlsIdentity} reads them. */
@ConfigMapping(prefix = "ilteo.tls")
public interface TlsConfig {
  /** Certificate chain, its own certificate first. */
  Optional<Path> certificate();

  /** Private key, PKCS#8. */
  Optional<Path> key();

  /** The CA whose clients are other services; also whom this service trusts as a client. */
  Optional<Path> clientCa();

  /** How often the files are looked at: a renewed certificate is used without a restart. */
  @WithDefault("30s")
  Duration reloadEvery();

  /** Whether the servers speak TLS. */
  default boolean isOn() {
    return certificate().isPresent() && key().isPresent();
  }
}
