package io.ilteo.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** API tokens that a secured server under test knows, one for each role. */
public final class Tokens {
  public static final String VIEWER = token("000000000001", 1);
  public static final String OPERATOR = token("000000000002", 2);
  public static final String ADMIN = token("000000000003", 3);

  private static final int ID_DIGITS = 12;
  private static final int SECRET_DIGITS = 64;

  private Tokens() {}

  /** A token whose secret is one digit over and over. */
  public static String token(String id, int digit) {
    return "ilteo_" + id + "_" + Integer.toString(digit).repeat(SECRET_DIGITS);
  }

  /** What a server keeps of a token. */
  public static byte[] secretSha256(String token) {
    try {
      String secret = token.substring(token.lastIndexOf('_') + 1);
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Lines of {@code ilteo.auth.tokens-file}. */
  static String file() {
    return line(VIEWER, "viewer", "reader")
        + line(OPERATOR, "operator", "notebook")
        + line(ADMIN, "admin", "root");
  }

  private static String line(String token, String role, String name) {
    int start = "ilteo_".length();
    return "%s %s %s %s%n"
        .formatted(
            token.substring(start, start + ID_DIGITS),
            role,
            name,
            HexFormat.of().formatHex(secretSha256(token)));
  }
}
