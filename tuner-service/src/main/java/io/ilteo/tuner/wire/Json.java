package io.ilteo.tuner.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.space.ParameterValue.DoubleValue;
import io.ilteo.tuner.domain.space.ParameterValue.IntegerValue;
import io.ilteo.tuner.domain.space.ParameterValue.StringValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The JSON that stands in the database. */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);
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
    return readMap(
        json,
        new LinkedHashMap<>(),
        parser ->
            parser.nextToken() == JsonToken.VALUE_STRING
                ? Double.parseDouble(parser.getText())
                : parser.getDoubleValue());
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
    return new Configuration(readMap(json, new TreeMap<>(), Json::parameter));
  }

  private static ParameterValue parameter(JsonParser parser) throws IOException {
    return switch (parser.nextToken()) {
      case VALUE_STRING -> new StringValue(parser.getText());
      case VALUE_NUMBER_INT -> new IntegerValue(parser.getLongValue());
      case START_OBJECT -> { // {"double": value}
        parser.nextToken();
        parser.nextToken();
        double value = parser.getDoubleValue();
        parser.nextToken();
        yield new DoubleValue(value);
      }
      default -> throw new IllegalStateException("stored value of " + parser.currentName());
    };
  }

  /** Any map of simple values. */
  public static String write(Map<String, ?> row) {
    try {
      return MAPPER.writeValueAsString(row);
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("cannot write JSON", failure);
    }
  }

  // Token by token: every suggestion and every page reads many.
  private static <T, M extends Map<String, T>> M readMap(
      String json, M map, ValueReader<T> reader) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        map.put(name, reader.read(parser));
      }
    } catch (IOException failure) {
      throw new IllegalStateException("cannot read stored JSON", failure);
    }
    return map;
  }

  /** Reads the value that stands behind a parser's name. */
  private interface ValueReader<T> {
    T read(JsonParser parser) throws IOException;
  }
}
