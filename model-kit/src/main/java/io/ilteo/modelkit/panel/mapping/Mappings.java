package io.ilteo.modelkit.panel.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ilteo.servicekit.error.DomainException;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes mappings, and holds those that are shipped. */
public final class Mappings {
  /** Longest accepted YAML text, in bytes. */
  public static final int MAX_YAML_BYTES = 256 << 10;

  private static final List<String> SHIPPED = List.of("klips-long", "klips-raw", "soep");
  private static final String FOLDER = "/io/ilteo/modelkit/panel/mappings/";

  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .build();

  private Mappings() {}

  /** Names of the shipped mappings. */
  public static List<String> shipped() {
    return SHIPPED;
  }

  /** The shipped mapping called {@code name}. */
  public static Mapping named(String name) {
    return parse(yamlOf(name));
  }

  /** The text of the shipped mapping called {@code name}, comments included. */
  public static String yamlOf(String name) {
    if (!SHIPPED.contains(name)) {
      throw new InvalidArgument(
          "Unknown mapping '%s': shipped are %s; or give a mapping of your own as YAML."
              .formatted(name, String.join(", ", SHIPPED)));
    }
    return resource(name);
  }

  /** A commented mapping to start one's own from. */
  public static String template() {
    return resource("template");
  }

  private static String resource(String name) {
    try (InputStream in = Mappings.class.getResourceAsStream(FOLDER + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks mapping " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a mapping; one clear line where it is not one. */
  public static Mapping parse(String yaml) {
    if (yaml.length() > MAX_YAML_BYTES) {
      throw new InvalidArgument(
          "The mapping has %d characters; at most %d are accepted."
              .formatted(yaml.length(), MAX_YAML_BYTES));
    }
    if (yaml.isBlank()) {
      throw new InvalidArgument("The mapping is empty.");
    }
    try {
      Mapping mapping = YAML.readValue(yaml, Mapping.class);
      if (mapping == null) {
        throw new InvalidArgument("The mapping is empty.");
      }
      return mapping;
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidArgument(
          "Mapping line %d: unknown key '%s' in %s; known are %s."
              .formatted(
                  line(e),
                  e.getPropertyName(),
                  where(e),
                  e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList()));
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof DomainException known) {
        throw known;
      }
      throw new InvalidArgument(
          "Mapping line %d: %s".formatted(line(e), firstLine(e.getOriginalMessage())));
    }
  }

  /** Writes a mapping as YAML that {@link #parse} reads back as an equal mapping. */
  public static String write(Mapping mapping) {
    try {
      return YAML.writeValueAsString(mapping);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static String where(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
            .limit(Math.max(0, e.getPath().size() - 1))
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "the mapping" : "`" + path + "`";
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
