package io.ilteo.modelkit.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model version needs beside its networks to read their outputs, part by part under a name:
 * a target's scale, conformal quantiles, a calibration, a decision rule. Saved as JSON; every part
 * is a record that Jackson can write and read.
 */
public record Attachments(Map<String, JsonNode> parts) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Attachments {
    parts = new TreeMap<>(parts);
  }

  /** Nothing attached. */
  public static Attachments none() {
    return new Attachments(Map.of());
  }

  /** These and one more part. */
  public Attachments with(String name, Object part) {
    Map<String, JsonNode> more = new TreeMap<>(parts);
    more.put(name, JSON.valueToTree(part));
    return new Attachments(more);
  }

  /** The part called {@code name}, if there is one. */
  public <T> Optional<T> find(String name, Class<T> type) {
    JsonNode part = parts.get(name);
    if (part == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.treeToValue(part, type));
    } catch (JsonProcessingException damaged) {
      throw new FailedPrecondition(
          "part \"%s\" of the model is not of this version's form: %s"
              .formatted(name, damaged.getOriginalMessage()));
    }
  }

  /**
   * The part called {@code name}.
   *
   * @throws FailedPrecondition if there is none
   */
  public <T> T require(String name, Class<T> type) {
    return find(name, type)
        .orElseThrow(
            () ->
                new FailedPrecondition(
                    "the model has no part \"%s\"; it has %s".formatted(name, parts.keySet())));
  }

  /** Reads what {@link #toJson} wrote. */
  public static Attachments fromJson(String json) {
    try {
      return new Attachments(
          JSON.readValue(json, new TypeReference<TreeMap<String, JsonNode>>() {}));
    } catch (JsonProcessingException damaged) {
      throw new FailedPrecondition(
          "the model's attachments are damaged: " + damaged.getOriginalMessage());
    }
  }

  /** One JSON object; doubles come back with the same bits. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(parts);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
