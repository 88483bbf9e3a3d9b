package io.ilteo.servicekit.security;

import io.ilteo.servicekit.error.DomainException.PermissionDenied;
import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import io.ilteo.servicekit.error.DomainException.Unauthenticated;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who a caller is and whether that is enough: the same for gRPC and HTTP.
 *
 * <p>Whoever sends wrong credentials shares an address with others, behind a NAT or a proxy, who
 * must not be locked out with them. So an address whose refusals are used up loses only what costs
 * the server something: signatures of JWTs that were never accepted before are not checked. API
 * tokens, one hash each, always are, and so is a JWT that has been good.
 */
final class Authenticator {
  private final Credentials credentials;
  private final Optional<JwtVerifier> jwts;
  private final Map<String, Role> peers;
  private final Clock clock;
  private final RateLimit calls;
  private final RateLimit refusals;
  private final KnownTokens accepted = new KnownTokens();

  Authenticator(AuthConfig config, Credentials credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
    this.calls = new RateLimit(config.callsPerSecond(), clock);
    this.refusals = new RateLimit(config.refusalsPerSecond(), clock);
    this.peers = peers(config.peers().orElse(""));
    this.jwts =
        config
            .jwks()
            .map(
                place ->
                    new JwtVerifier(
                        config.issuer().orElseThrow(),
                        config.audience().orElseThrow(),
                        config.rolesClaim(),
                        credentials::keys));
  }

  private static Map<String, Role> peers(String setting) {
    Map<String, Role> peers = new HashMap<>();
    for (String pair : setting.isBlank() ? new String[0] : setting.split(",", -1)) {
      String[] parts = pair.strip().split("=", 2);
      if (parts.length != 2) {
        throw new IllegalArgumentException(
            "ilteo.auth.peers: \"" + pair + "\"; pairs like tuner-service=admin");
      }
      peers.put(parts[0], Role.valueOf(parts[1].toUpperCase(Locale.ROOT)));
    }
    return Map.copyOf(peers);
  }

  /**
   * Finds out who calls.
   *
   * @param authorization the header, e.g. {@code Bearer …}; empty if there is none
   * @param certificateName common name of the caller's verified certificate; empty if it has none
   * @param address where the call comes from
   */
  Caller caller(String authorization, String certificateName, String address) {
    Role peer = peers.get(certificateName);
    if (authorization.isEmpty() && peer != null) {
      return new Caller(certificateName, peer);
    }
    try {
      return bearer(authorization, address);
    } catch (Unauthenticated refused) {
      if (!refusals.take(address)) {
        throw tooMany();
      }
      throw refused;
    }
  }

  private Caller bearer(String authorization, String address) {
    if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw new Unauthenticated("say who you are: authorization: Bearer and an API token or JWT");
    }
    String token = authorization.substring(7).strip();
    Optional<ApiToken.Presented> presented = ApiToken.Presented.parse(token);
    if (presented.isPresent()) {
      return apiToken(presented.get());
    }
    JwtVerifier verifier = jwts.orElseThrow(() -> new Unauthenticated("the token is not valid"));
    if (refusals.isSpent(address) && !accepted.contains(token)) {
      throw tooMany();
    }
    Caller caller =
        verifier
            .verify(token)
            .orElseThrow(() -> new PermissionDenied("the token gives no role in Ilteo"));
    accepted.add(token);
    return caller;
  }

  private static ResourceExhausted tooMany() {
    return new ResourceExhausted("too many refused attempts from this address; wait a second");
  }

  private Caller apiToken(ApiToken.Presented presented) {
    ApiToken known =
        credentials
            .token(presented.id())
            .filter(token -> token.isHeldBy(presented))
            .orElseThrow(() -> new Unauthenticated("the token is not valid"));
    Instant now = clock.instant();
    if (known.revokedAt().isPresent()) {
      throw new Unauthenticated("the token was revoked");
    }
    if (known.expiresAt().filter(end -> !end.isAfter(now)).isPresent()) {
      throw new Unauthenticated("the token has expired");
    }
    return new Caller(known.name(), known.role());
  }

  /** Refuses a caller whose role is too weak or who calls too often. */
  void require(Caller caller, Role needed, String what) {
    if (!caller.role().includes(needed)) {
      throw new PermissionDenied(
          "%s needs the role %s; %s has %s"
              .formatted(what, lower(needed), caller.name(), lower(caller.role())));
    }
    if (!calls.take(caller.name())) {
      throw new ResourceExhausted("too many calls by " + caller.name() + "; wait a second");
    }
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
