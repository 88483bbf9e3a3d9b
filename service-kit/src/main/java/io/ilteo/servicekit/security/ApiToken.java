package io.ilteo.servicekit.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server knows of an API token: enough to recognise it, not enough to use it. The secret has
 * 256 random bits, so a plain SHA-256 cannot be reversed by guessing.
 */
record ApiToken(
    String id,
    String name,
    Role role,
    byte[] secretSha256,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt) {
  private static final Pattern FORM = Pattern.compile("ilteo_([0-9a-f]{12})_([0-9a-f]{64})");

  /** A token as its holder has it. */
  record Presented(String id, String secret) {
    /** Reads {@code ilteo_ID_SECRET}; nothing if it is no API token at all. */
    static Optional<Presented> parse(String text) {
      Matcher matcher = FORM.matcher(text);
      return matcher.matches()
          ? Optional.of(new Presented(matcher.group(1), matcher.group(2)))
          : Optional.empty();
    }

    /** A new one. */
    static Presented random() {
      SecureRandom random = new SecureRandom();
      byte[] id = new byte[6];
      byte[] secret = new byte[32];
      random.nextBytes(id);
      random.nextBytes(secret);
      return new Presented(HexFormat.of().formatHex(id), HexFormat.of().formatHex(secret));
    }

    byte[] sha256() {
      try {
        return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    String text() {
      return "ilteo_" + id + "_" + secret;
    }

    /** Never the secret: records end up in logs. */
    @Override
    public String toString() {
      return "token " + id;
    }
  }

  /** Compares in a time that does not depend on where the secrets differ. */
  boolean isHeldBy(Presented presented) {
    return MessageDigest.isEqual(secretSha256, presented.sha256());
  }
}
