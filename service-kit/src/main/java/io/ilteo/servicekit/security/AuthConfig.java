package io.ilteo.servicekit.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Who may call; nothing set means loopback only, and everybody who reaches it. */
@ConfigMapping(prefix = "ilteo.auth")
public interface AuthConfig {
  /** Where the public keys of the issuer of JWTs are: an https URL or a file. */
  Optional<String> jwks();

  /** The {@code iss} that a JWT must have; needed with {@code jwks}. */
  Optional<String> issuer();

  /** The {@code aud} that a JWT must have; needed with {@code jwks}. */
  Optional<String> audience();

  /** The claim that lists roles, {@code a.b} for a claim within a claim. */
  @WithDefault("roles")
  String rolesClaim();

  /** Whether API tokens of the database are accepted. */
  @WithDefault("false")
  boolean tokens();

  /** A file of API tokens, for the first admin: lines {@code id role name sha256-hex}. */
  Optional<Path> tokensFile();

  /** Certificates of services by common name: {@code tuner-service=admin}. */
  Optional<String> peers();

  /** Calls a second that one caller may make, with bursts of twice as many. */
  @WithDefault("500")
  int callsPerSecond();

  /**
   * Refused credentials a second from one address, with bursts of twice as many, before unknown
   * JWTs from there are not looked at.
   */
  @WithDefault("10")
  int refusalsPerSecond();

  /** Whether callers must say who they are. */
  default boolean isOn() {
    return tokens() || tokensFile().isPresent() || jwks().isPresent();
  }
}
