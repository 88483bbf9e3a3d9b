package io.ilteo.servicekit.security;

import io.ilteo.servicekit.error.DomainException.Unauthenticated;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * Verifies JSON Web Tokens (RFC 7519) of one OpenID Connect issuer: an asymmetric signature by one
 * of its keys, issuer, audience, expiry.
 */
final class JwtVerifier {
  private static final int CLOCK_SKEW_SECONDS = 30;

  private final JwtConsumer consumer;
  private final String rolesClaim;

  /**
   * Makes a verifier.
   *
   * @param keys the issuer's keys, asked for at every token so that they may be rotated
   */
  JwtVerifier(String issuer, String audience, String rolesClaim, Supplier<List<JsonWebKey>> keys) {
    this.rolesClaim = rolesClaim;
    this.consumer =
        new JwtConsumerBuilder()
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
            .setExpectedIssuer(issuer)
            .setExpectedAudience(audience)
            // No "none" and no shared secrets: those would let whoever verifies also sign.
            .setJwsAlgorithmConstraints(
                ConstraintType.PERMIT,
                AlgorithmIdentifiers.RSA_USING_SHA256,
                AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
                AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
                AlgorithmIdentifiers.EDDSA)
            .setVerificationKeyResolver(
                (signature, nesting) ->
                    new JwksVerificationKeyResolver(keys.get()).resolveKey(signature, nesting))
            .build();
  }

  /**
   * Who holds the token; nobody if it names no role.
   *
   * @throws Unauthenticated if it is not valid, saying why without repeating it
   */
  Optional<Caller> verify(String token) {
    try {
      JwtClaims claims = consumer.processToClaims(token);
      String subject = claims.getSubject();
      return roles(claims).max(Enum::compareTo).map(role -> new Caller(subject, role));
    } catch (InvalidJwtException invalid) {
      throw new Unauthenticated(
          invalid.hasExpired() ? "the token has expired" : "the token is not valid");
    } catch (MalformedClaimException malformed) {
      throw new Unauthenticated("the token is not valid");
    }
  }

  private Stream<Role> roles(JwtClaims claims) {
    Object value = claims.getClaimsMap();
    for (String part : rolesClaim.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(part) : null;
    }
    Collection<?> names =
        value instanceof Collection<?> many
            ? many
            : value instanceof String one ? List.of(one) : List.of();
    return names.stream().flatMap(name -> role(String.valueOf(name)));
  }

  /** {@code admin} or {@code ilteo-admin}; other applications' roles are none of ours. */
  private static Stream<Role> role(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("^ilteo-", "");
    return Stream.of(Role.values())
        .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(plain));
  }
}
