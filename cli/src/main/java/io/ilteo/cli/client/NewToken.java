package io.ilteo.cli.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * An API token as it is made: {@code ilteo_ID_SECRET}, the secret of 256 random bits. Only the
 * secret's hash is sent anywhere.
 *
 * @param id 12 hexadecimal digits
 * @param secret 64 hexadecimal digits
 */
public record NewToken(String id, String secret) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one. */
  public static NewToken random() {
    return new NewToken(hex(6), hex(32));
  }

  private static String hex(int bytes) {
    byte[] drawn = new byte[bytes];
    RANDOM.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  /** What the servers keep. */
  public byte[] secretSha256() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What its holder keeps. */
  public String text() {
    return "ilteo_" + id + "_" + secret;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "token " + id;
  }
}
