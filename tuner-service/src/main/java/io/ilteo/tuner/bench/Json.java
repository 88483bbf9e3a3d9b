package io.ilteo.tuner.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One figure as one line of JSON. */
final class Json {
  private Json() {}

  static void print(String name, double value, String unit, Map<String, Object> parameters) {
    String inner =
        new TreeMap<>(parameters)
            .entrySet().stream()
                .map(entry -> quote(entry.getKey()) + ":" + literal(entry.getValue()))
                .collect(Collectors.joining(","));
    System.out.println(
        "{\"name\":%s,\"value\":%s,\"unit\":%s,\"params\":{%s}}"
            .formatted(quote(name), value, quote(unit), inner));
  }

  private static String literal(Object value) {
    return value instanceof Number ? value.toString() : quote(value.toString());
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
