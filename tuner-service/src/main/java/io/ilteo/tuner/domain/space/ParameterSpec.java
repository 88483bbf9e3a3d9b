package io.ilteo.tuner.domain.space;

import java.util.Optional;
import java.util.regex.Pattern;

/** One parameter: its name, its domain, and when it exists. */
public record ParameterSpec(
    String name, Domain domain, Optional<Condition> condition, Optional<ParameterValue> fallback) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /**
   * Checks the name and the default.
   *
   * @param fallback the value used where nothing is tuned; lies in the domain
   */
  public ParameterSpec {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "parameter name \"%s\": lower case letters, digits and '_', starting with a letter, at most 64"
              .formatted(name));
    }
    if (fallback.isPresent() && !domain.accepts(fallback.get())) {
      throw new IllegalArgumentException(
          "parameter %s: default %s is not in its domain: %s"
              .formatted(name, fallback.get(), domain.describe()));
    }
  }

  /** A parameter that always exists, without a default. */
  public static ParameterSpec of(String name, Domain domain) {
    return new ParameterSpec(name, domain, Optional.empty(), Optional.empty());
  }
}
