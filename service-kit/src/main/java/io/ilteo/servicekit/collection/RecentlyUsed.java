package io.ilteo.servicekit.collection;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bounded map: with one entry too many, the one used longest ago is forgotten. Not synchronized,
 * and reading it counts as use: whoever shares it locks it for reading, too.
 */
public final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_CAPACITY = 16;
  private static final float LOAD_FACTOR = 0.75f;

  private final int most;

  /** Keeps {@code most} entries. */
  public RecentlyUsed(int most) {
    super(FIRST_CAPACITY, LOAD_FACTOR, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
