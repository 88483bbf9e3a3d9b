package io.ilteo.servicekit.security;

import io.ilteo.servicekit.collection.RecentlyUsed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

/**
 * JWTs that were accepted before, by their SHA-256. Being known makes nobody trusted: it only means
 * that looking at the token again is worth the trouble. Bounded: the one used longest ago is
 * forgotten first.
 */
final class KnownTokens {
  private static final int MAX = 10_000;

  private final Map<ByteBuffer, Boolean> known = new RecentlyUsed<>(MAX);

  synchronized void add(String token) {
    known.put(digest(token), true);
  }

  synchronized boolean contains(String token) {
    return known.get(digest(token)) != null;
  }

  private static ByteBuffer digest(String token) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
