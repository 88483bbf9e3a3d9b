package io.ilteo.modelkit.recurrent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A network as a zip file: {@code network.json}, the spec; {@code weights.bin}, little-endian
 * floats in the order of the layout; where training is to go on, {@code optimiser.bin}, steps and
 * moments.
 *
 * <p>The same network gives the same bytes.
 *
 * @param optimiserSteps steps taken, 0 without optimiser state
 * @param moments of Adam, first ones, then second ones; empty without optimiser state
 */
@SuppressWarnings("ArrayRecordComponent")
record NetworkFile(NetworkSpec spec, float[] weights, long optimiserSteps, float[] moments) {
  private static final String SPEC = "network.json";
  private static final String WEIGHTS = "weights.bin";
  private static final String OPTIMISER = "optimiser.bin";
  // Far above any network here; a damaged file must not exhaust memory.
  private static final int MOST_BYTES = 1 << 30;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  byte[] toBytes() {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        add(zip, SPEC, JSON.writeValueAsBytes(spec));
        add(zip, WEIGHTS, floats(weights, 0).array());
        if (optimiserSteps > 0) {
          add(zip, OPTIMISER, floats(moments, Long.BYTES).putLong(0, optimiserSteps).array());
        }
      }
      return bytes.toByteArray();
    } catch (IOException failure) {
      throw new IllegalStateException("cannot serialise a network", failure);
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static ByteBuffer floats(float[] values, int header) {
    ByteBuffer buffer =
        ByteBuffer.allocate(header + values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer
        .slice(header, values.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(values);
    return buffer;
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if it is something else, or damaged
   */
  static NetworkFile fromBytes(byte[] saved) {
    Map<String, byte[]> parts = parts(saved);
    ByteBuffer optimiser = ByteBuffer.wrap(parts.getOrDefault(OPTIMISER, new byte[Long.BYTES]));
    optimiser.order(ByteOrder.LITTLE_ENDIAN);
    if (optimiser.capacity() < Long.BYTES) {
      throw new IllegalArgumentException("not a saved network: damaged optimiser state");
    }
    return new NetworkFile(
        spec(require(parts, SPEC)),
        floats(ByteBuffer.wrap(require(parts, WEIGHTS)), 0),
        optimiser.getLong(0),
        floats(optimiser, Long.BYTES));
  }

  private static Map<String, byte[]> parts(byte[] saved) {
    Map<String, byte[]> parts = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(saved))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), zip.readNBytes(MOST_BYTES));
      }
      return parts;
    } catch (IOException damaged) {
      throw new IllegalArgumentException("not a saved network: " + damaged.getMessage(), damaged);
    }
  }

  private static byte[] require(Map<String, byte[]> parts, String name) {
    byte[] part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("not a saved network: it has no " + name);
    }
    return part;
  }

  private static NetworkSpec spec(byte[] json) {
    try {
      return JSON.readValue(json, NetworkSpec.class);
    } catch (JsonProcessingException damaged) {
      throw new IllegalArgumentException(
          "not a saved network: " + damaged.getOriginalMessage(), damaged);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static float[] floats(ByteBuffer buffer, int header) {
    float[] values = new float[(buffer.capacity() - header) / Float.BYTES];
    buffer
        .slice(header, values.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }
}
