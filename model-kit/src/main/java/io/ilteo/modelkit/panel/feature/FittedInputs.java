package io.ilteo.modelkit.panel.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What a network's inputs are made with, kept beside it so that it can answer without its panel.
 *
 * @param transform windows, scalers, vocabularies and cell means as fitted on the training fold
 * @param mapping what the columns of a history mean, and which values they accept
 */
public record FittedInputs(FeatureTransform transform, Mapping mapping) {
  private static final int FORMAT = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Form(String transform, String mapping) {}

  /** Columns that a history may have, by the mapping's names. */
  public List<String> columns() {
    return transform.inputColumns();
  }

  /** One byte for the format, then compressed JSON. Equal inputs give equal bytes. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(FORMAT);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      Form form = new Form(transform.toJson(), Mappings.write(mapping));
      out.write(JSON.writeValueAsString(form).getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws InvalidArgument if the bytes are of another format or damaged
   */
  public static FittedInputs fromBytes(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != FORMAT) {
      throw new InvalidArgument(
          "the stored inputs are of format %s; this version reads %d"
              .formatted(bytes.length == 0 ? "none" : bytes[0], FORMAT));
    }
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(bytes, 1, bytes.length - 1))) {
      Form form = JSON.readValue(new String(in.readAllBytes(), StandardCharsets.UTF_8), Form.class);
      return new FittedInputs(
          FeatureTransform.fromJson(form.transform), Mappings.parse(form.mapping));
    } catch (JsonProcessingException damaged) {
      throw new InvalidArgument("damaged inputs: " + damaged.getOriginalMessage());
    } catch (IOException damaged) {
      throw new InvalidArgument("damaged inputs: " + damaged.getMessage());
    }
  }
}
