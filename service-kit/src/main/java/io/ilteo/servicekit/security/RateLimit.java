package io.ilteo.servicekit.security;

import io.ilteo.servicekit.collection.RecentlyUsed;
import java.time.Clock;
import java.util.Map;

/**
 * A token bucket for each key: so many a second, bursts of twice as many. Bounded: the key that was
 * used longest ago is forgotten first.
 */
final class RateLimit {
  private static final int MAX_KEYS = 10_000;

  private static final class Bucket {
    private double left;
    private long filledMillis;
  }

  private final int perSecond;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new RecentlyUsed<>(MAX_KEYS);

  RateLimit(int perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /** Takes one; false if none is left. */
  synchronized boolean take(String key) {
    Bucket bucket = filled(key);
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }

  /** Whether none is left, without taking one. */
  synchronized boolean isSpent(String key) {
    return filled(key).left < 1;
  }

  private Bucket filled(String key) {
    long now = clock.millis();
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.left = 2.0 * perSecond;
      bucket.filledMillis = now;
      buckets.put(key, bucket);
    }
    double earned = Math.max(0, now - bucket.filledMillis) / 1000.0 * perSecond;
    bucket.left = Math.min(2.0 * perSecond, bucket.left + earned);
    bucket.filledMillis = now;
    return bucket;
  }
}
