package io.ilteo.modelkit.bench;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Arguments like {@code --trials 30}. */
public final class Arguments {
  private final Map<String, String> values = new TreeMap<>();

  /**
   * Reads {@code given} over {@code defaults}.
   *
   * @throws IllegalArgumentException for an argument that has no default
   */
  public Arguments(String[] given, Map<String, String> defaults) {
    values.putAll(defaults);
    for (int i = 0; i < given.length; i++) {
      if (given[i].equals("--json")) {
        continue;
      }
      String name = given[i].startsWith("--") ? given[i].substring(2) : "";
      if (!defaults.containsKey(name) || i + 1 == given.length) {
        throw new IllegalArgumentException(
            "%s: expected --NAME VALUE, with NAME one of %s"
                .formatted(given[i], defaults.keySet()));
      }
      values.put(name, given[++i]);
    }
  }

  /** The text of {@code name}. */
  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** The whole number of {@code name}. */
  public int integer(String name) {
    return Integer.parseInt(text(name));
  }

  /** One line of output: a figure and what it is of. */
  public static String line(String name, double value, String unit, Map<String, ?> parameters) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "{\"name\":\"%s\",\"value\":%.4f,\"unit\":\"%s\",\"params\":{",
            name,
            value,
            unit));
    String separator = "";
    for (Map.Entry<String, ?> parameter : new TreeMap<>(parameters).entrySet()) {
      String text =
          parameter.getValue() instanceof Number number
              ? number.toString()
              : "\"" + parameter.getValue() + "\"";
      line.append(separator).append('"').append(parameter.getKey()).append("\":").append(text);
      separator = ",";
    }
    return line.append("}}").toString();
  }
}
