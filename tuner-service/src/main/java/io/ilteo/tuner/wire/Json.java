package io.ilteo.tuner.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.ParameterValue.IntegerValue;
import io.ilteo.tuner.domain.space.ParameterValue.StringValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The JSON that stands in the database. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private Json() {}

  /** Protobuf JSON of a message. */
  public static String write(Message message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException failure) {
      throw new IllegalStateException("cannot write " + message.getClass(), failure);
    }
  }

  /** Reads protobuf JSON; fields of newer versions are ignored. */
  public static <B extends Message.Builder> B read(String json, B builder) {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json, builder);
      return builder;
    } catch (InvalidProtocolBufferException failure) {
      throw new IllegalStateException("cannot read stored JSON", failure);
    }
  }

  /** Metrics by name; NaN and infinities as strings, which JSON numbers cannot say. */
  public static String writeMetrics(Map<String, Double> metrics) {
    Map<String, Object> row = new TreeMap<>();
    metrics.forEach(
        (name, value) -> row.put(name, Double.isFinite(value) ? value : value.toString()));
    return write(row);
  }

  /** The reverse of {@link #writeMetrics}. */
  public static Map<String, Double> readMetrics(String json) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    readMap(json)
        .forEach((name, value) -> metrics.put(name, Double.parseDouble(String.valueOf(value))));
    return metrics;
  }

  /** A configuration: integers as JSON integers, doubles with a point or exponent. */
  public static String write(Configuration configuration) {
    Map<String, Object> row = new LinkedHashMap<>();
    configuration
        .values()
        .forEach(
            (name, value) ->
                row.put(
                    name,
                    switch (value) {
                      case DoubleValue v -> Map.of("double", v.value());
                      case IntegerValue v -> v.value();
                      case StringValue v -> v.value();
                    }));
    return write(row);
  }

  /** The reverse of {@link #write(Configuration)}. */
  public static Configuration readConfiguration(String json) {
    Map<String, ParameterValue> values = new LinkedHashMap<>();
    readMap(json)
        .forEach(
            (name, value) ->
                values.put(
                    name,
                    switch (value) {
                      case String text -> new StringValue(text);
                      case Map<?, ?> wrapped ->
                          new DoubleValue(
                              Double.parseDouble(String.valueOf(wrapped.get("double"))));
                      case Number number -> new IntegerValue(number.longValue());
                      default -> throw new IllegalStateException("stored value of " + name);
                    }));
    return Configuration.of(values);
  }

  /** Any map of simple values. */
  public static String write(Map<String, ?> row) {
    try {
      return MAPPER.writeValueAsString(row);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("cannot write JSON", failure);
    }
  }

  private static Map<String, Object> readMap(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("cannot read stored JSON", failure);
    }
  }
}
