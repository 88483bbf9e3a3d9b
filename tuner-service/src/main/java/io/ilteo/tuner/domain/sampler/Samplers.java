package io.ilteo.tuner.domain.sampler;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Samplers by name. */
public final class Samplers {
  /** The name that an empty name stands for. */
  public static final String DEFAULT = "random";

  private static final Map<String, Function<Map<String, Double>, Sampler>> BY_NAME =
      new TreeMap<>(Map.of("random", settings -> new RandomSampler()));

  private Samplers() {}

  /**
   * The sampler called {@code name} with its settings.
   *
   * @throws IllegalArgumentException naming what is unknown and what would be accepted
   */
  public static Sampler named(String name, Map<String, Double> settings) {
    Function<Map<String, Double>, Sampler> factory = BY_NAME.get(name.isEmpty() ? DEFAULT : name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "sampler \"" + name + "\" is unknown; there are " + BY_NAME.keySet());
    }
    return factory.apply(settings);
  }
}
