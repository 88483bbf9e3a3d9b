package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.study.Settings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Samplers by name. */
public final class Samplers {
  /** The name that an empty name stands for. */
  public static final String DEFAULT = "tpe";

  private static final Map<String, Function<Settings, Sampler>> BY_NAME =
      new TreeMap<>(
          Map.of(
              "random", settings -> new RandomSampler(),
              "grid", GridSampler::new,
              "sobol", SobolSampler::new,
              "halton", HaltonSampler::new,
              "tpe", TpeSampler::new,
              "gp", GpSampler::new,
              "cmaes", CmaEsSampler::new,
              "nsga2", Nsga2Sampler::new));

  private Samplers() {}

  /** The names that {@link #named} accepts. */
  public static Set<String> names() {
    return Set.copyOf(BY_NAME.keySet());
  }

  /**
   * The sampler called {@code name} with its settings, documented in docs/samplers.md. Keep it for
   * the length of a study: it remembers what it computed.
   *
   * @throws IllegalArgumentException naming what is unknown and what would be accepted
   */
  public static Sampler named(String name, Map<String, Double> settings) {
    String known = name.isEmpty() ? DEFAULT : name;
    Function<Settings, Sampler> factory = BY_NAME.get(known);
    if (factory == null) {
      throw new IllegalArgumentException(
          "sampler \"" + name + "\" is unknown; there are " + String.join(", ", BY_NAME.keySet()));
    }
    Settings read = new Settings("sampler " + known, settings);
    Sampler sampler = factory.apply(read);
    read.requireNoOthers();
    return sampler;
  }
}
