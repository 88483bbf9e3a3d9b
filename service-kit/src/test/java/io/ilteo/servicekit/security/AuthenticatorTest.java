package io.ilteo.servicekit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ilteo.servicekit.error.DomainException;
import io.ilteo.servicekit.error.DomainException.PermissionDenied;
import io.ilteo.servicekit.error.DomainException.ResourceExhausted;
import io.ilteo.servicekit.error.DomainException.Unauthenticated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatorTest {
  private static final String ISSUER = "https://login.example.com";
  private static final String AUDIENCE = "ilteo";
  private static final Clock NOW = Clock.fixed(Instant.now(), ZoneOffset.UTC);
  private static final ApiToken.Presented VIEWER = ApiToken.Presented.random();

  @TempDir static Path folder;
  private static RsaJsonWebKey key;
  private static Authenticator authenticator;

  @BeforeAll
  static void start() throws Exception {
    key = RsaJwkGenerator.generateJwk(2048);
    key.setKeyId("one");
    Path jwks = folder.resolve("jwks.json");
    Files.writeString(
        jwks, new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
    Path tokens = folder.resolve("tokens");
    Files.writeString(
        tokens,
        "# the team's reader\n%s viewer reader %s\n"
            .formatted(VIEWER.id(), HexFormat.of().formatHex(VIEWER.sha256())));
    AuthConfig config = new Config(jwks, tokens);
    try (Credentials credentials = new Credentials(config, Optional.empty())) {
      credentials.start();
      authenticator = new Authenticator(config, credentials, NOW);
    }
  }

  private record Config(Path keys, Path tokenFile) implements AuthConfig {
    @Override
    public Optional<String> jwks() {
      return Optional.of(keys.toString());
    }

    @Override
    public Optional<String> issuer() {
      return Optional.of(ISSUER);
    }

    @Override
    public Optional<String> audience() {
      return Optional.of(AUDIENCE);
    }

    @Override
    public String rolesClaim() {
      return "realm_access.roles";
    }

    @Override
    public boolean tokens() {
      return false;
    }

    @Override
    public Optional<Path> tokensFile() {
      return Optional.of(tokenFile);
    }

    @Override
    public Optional<String> peers() {
      return Optional.of("tuner-service=admin");
    }

    @Override
    public int callsPerSecond() {
      return 5;
    }

    @Override
    public int refusalsPerSecond() {
      return 10;
    }
  }

  private static JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience(AUDIENCE);
    claims.setSubject("kim");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setClaim(
        "realm_access", java.util.Map.of("roles", List.of("ilteo-operator", "viewer", "other")));
    return claims;
  }

  private static String signed(JwtClaims claims) throws JoseException {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue("one");
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    return signature.getCompactSerialization();
  }

  private static Caller bearer(String token, String address) {
    return authenticator.caller("Bearer " + token, "", address);
  }

  @Test
  void apiTokensAndTokensOfTheIssuerSayWhoCalls() throws JoseException {
    assertThat(bearer(VIEWER.text(), "a")).isEqualTo(new Caller("reader", Role.VIEWER));
    assertThat(bearer(signed(claims()), "a")).isEqualTo(new Caller("kim", Role.OPERATOR));
  }

  @Test
  void certificatesOfKnownServicesCount() {
    assertThat(authenticator.caller("", "tuner-service", "a"))
        .isEqualTo(new Caller("tuner-service", Role.ADMIN));
    assertThatThrownBy(() -> authenticator.caller("", "other-service", "b"))
        .isInstanceOf(Unauthenticated.class);
  }

  @Test
  void tokensForOthersExpiredForgedOrUnsignedAreRefusedWithoutRepeatingThem() throws JoseException {
    JwtClaims foreign = claims();
    foreign.setAudience("payroll");
    refused(signed(foreign), "not valid");
    JwtClaims stranger = claims();
    stranger.setIssuer("https://login.example.org");
    refused(signed(stranger), "not valid");
    JwtClaims old = claims();
    old.setExpirationTimeMinutesInTheFuture(-5);
    refused(signed(old), "expired");
    String good = signed(claims());
    refused(good.substring(0, good.length() - 8) + "AAAAAAAA", "not valid");

    JsonWebSignature unsigned = new JsonWebSignature();
    unsigned.setPayload(claims().toJson());
    unsigned.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    unsigned.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
    refused(unsigned.getCompactSerialization(), "not valid");

    // A shared secret made of the public key: whoever verifies could sign.
    JsonWebSignature confused = new JsonWebSignature();
    confused.setPayload(claims().toJson());
    confused.setKeyIdHeaderValue("one");
    confused.setKey(new HmacKey(key.getPublicKey().getEncoded()));
    confused.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    refused(confused.getCompactSerialization(), "not valid");

    refused("ilteo_" + VIEWER.id() + "_" + "0".repeat(64), "not valid");
    refused("ilteo_000000000000_" + VIEWER.secret(), "not valid");
  }

  private static int addresses;

  private static void refused(String token, String reason) {
    String address = "refused-" + addresses++;
    assertThatThrownBy(() -> bearer(token, address))
        .isInstanceOf(Unauthenticated.class)
        .hasMessageContaining(reason)
        .message()
        .doesNotContain(token.substring(token.length() - 20));
  }

  @Test
  void tokensWithoutARoleHereAreKnownButMayNothing() throws JoseException {
    JwtClaims claims = claims();
    claims.setClaim("realm_access", java.util.Map.of("roles", List.of("payroll-admin")));
    String token = signed(claims);
    assertThatThrownBy(() -> bearer(token, "c")).isInstanceOf(PermissionDenied.class);
  }

  @Test
  void guessingFromOneAddressIsNotLookedAtForLong() throws JoseException {
    JwtClaims claims = claims();
    claims.setSubject("lee");
    String token = signed(claims);
    spend("guesser");
    assertThatThrownBy(() -> bearer("nonsense", "guesser")).isInstanceOf(ResourceExhausted.class);
    assertThatThrownBy(() -> bearer(token, "guesser")).isInstanceOf(ResourceExhausted.class);
    assertThat(bearer(token, "elsewhere").name()).isEqualTo("lee");
  }

  @Test
  void whoSharesAnAddressWithAGuesserIsNotLockedOut() throws JoseException {
    JwtClaims claims = claims();
    claims.setSubject("park");
    String token = signed(claims);
    assertThat(bearer(token, "shared").name()).isEqualTo("park");
    spend("shared");
    assertThat(bearer(token, "shared").name()).as("a JWT that has been good").isEqualTo("park");
    assertThat(bearer(VIEWER.text(), "shared").name()).as("an API token").isEqualTo("reader");
    assertThatThrownBy(() -> bearer("ilteo_" + VIEWER.id() + "_" + "0".repeat(64), "shared"))
        .as("a wrong secret")
        .isInstanceOf(ResourceExhausted.class);
  }

  private static void spend(String address) {
    for (int attempt = 0; attempt < 20; attempt++) {
      assertThatThrownBy(() -> bearer("nonsense", address)).isInstanceOf(Unauthenticated.class);
    }
  }

  @Test
  void weakRolesAndTooManyCallsAreRefusedInWords() {
    Caller reader = new Caller("reader-2", Role.VIEWER);
    assertThatThrownBy(() -> authenticator.require(reader, Role.ADMIN, "DeleteStudy"))
        .isInstanceOf(PermissionDenied.class)
        .hasMessage("DeleteStudy needs the role admin; reader-2 has viewer");
    for (int call = 0; call < 10; call++) {
      authenticator.require(reader, Role.VIEWER, "GetStudy");
    }
    assertThatThrownBy(() -> authenticator.require(reader, Role.VIEWER, "GetStudy"))
        .isInstanceOf(DomainException.ResourceExhausted.class)
        .hasMessageContaining("reader-2");
  }

  @Test
  void damagedTokenFilesAreNamedByLineWithoutShowingIt() throws Exception {
    Path file = folder.resolve("damaged");
    Files.writeString(file, "# tokens\n000000000000 viewer reader secret-by-mistake\n");
    assertThatThrownBy(() -> TokenFile.read(file))
        .hasMessageContaining("line 2")
        .message()
        .doesNotContain("secret-by-mistake");
  }

  @Test
  void secretsDoNotComeIntoTexts() {
    assertThat(VIEWER.toString()).doesNotContain(VIEWER.secret());
  }
}
