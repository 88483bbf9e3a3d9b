package io.ilteo.modelkit.panel.store;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.mapping.ColumnRole;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A panel as a series of compressed chunks, in a fixed order: head (digest, mapping, columns,
 * persons), starts, years, then each column.
 *
 * <p>What is read is checked against the digest in the head, so that damage cannot pass for data.
 */
final class PanelCodec {
  private static final String HEAD = "head";
  private static final String HEAD_LENGTH = "head-length";
  private static final String STARTS = "starts";
  private static final String YEARS = "years";
  private static final String COLUMN = "column:";
  private static final int MAX_HEAD_BYTES = 1 << 28;

  /** Takes chunks. */
  @FunctionalInterface
  interface ChunkSink<E extends Exception> {
    void put(String part, int chunk, byte[] bytes) throws E;
  }

  /** Gives chunks, asked for in the order in which they were put. */
  @FunctionalInterface
  interface ChunkSource<E extends Exception> {
    byte[] get(String part, int chunk) throws E;
  }

  private PanelCodec() {}

  static <E extends Exception> void write(Panel panel, ChunkSink<E> sink) throws E {
    byte[] head = head(panel);
    words(sink, HEAD_LENGTH, new int[] {head.length});
    sink.put(HEAD, 0, ChunkCodec.deflate(head));
    int[] starts = new int[panel.personCount() + 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = panel.start(i);
    }
    words(sink, STARTS, starts);
    int[] words = new int[panel.personYears()];
    for (int row = 0; row < words.length; row++) {
      words[row] = panel.year(row);
    }
    words(sink, YEARS, words);
    for (PanelColumn column : panel.columns()) {
      for (int row = 0; row < words.length; row++) {
        words[row] = Float.floatToIntBits(column.value(row));
      }
      words(sink, COLUMN + column.name(), words);
    }
  }

  private static <E extends Exception> void words(ChunkSink<E> sink, String part, int[] words)
      throws E {
    for (int from = 0, chunk = 0; from < words.length; from += ChunkCodec.CHUNK_WORDS, chunk++) {
      int count = Math.min(ChunkCodec.CHUNK_WORDS, words.length - from);
      sink.put(part, chunk, ChunkCodec.pack(words, from, count));
    }
  }

  static <E extends Exception> Panel read(ChunkSource<E> source) throws E {
    int length = words(source, HEAD_LENGTH, 1)[0];
    if (length < 0 || length > MAX_HEAD_BYTES) {
      throw new IllegalStateException("A stored panel's head is damaged.");
    }
    Head head = Head.of(ChunkCodec.inflate(source.get(HEAD, 0), length));
    int[] starts = words(source, STARTS, head.persons.size() + 1);
    int[] years = words(source, YEARS, head.rows);
    List<PanelColumn> columns = new ArrayList<>();
    for (HeadColumn column : head.columns) {
      int[] words = words(source, COLUMN + column.name, head.rows);
      float[] values = new float[head.rows];
      for (int row = 0; row < head.rows; row++) {
        values[row] = Float.intBitsToFloat(words[row]);
      }
      columns.add(new PanelColumn(column.name, column.source, column.role, column.type, values));
    }
    Panel panel = new Panel(head.mapping, head.persons, starts, years, columns);
    if (!panel.digest().equals(head.digest)) {
      throw new IllegalStateException(
          "Panel %s does not match its digest: its stored values are damaged."
              .formatted(head.digest.substring(0, 16)));
    }
    return panel;
  }

  private static <E extends Exception> int[] words(ChunkSource<E> source, String part, int count)
      throws E {
    int[] words = new int[count];
    for (int from = 0, chunk = 0; from < count; from += ChunkCodec.CHUNK_WORDS, chunk++) {
      int size = Math.min(ChunkCodec.CHUNK_WORDS, count - from);
      ChunkCodec.unpack(source.get(part, chunk), words, from, size);
    }
    return words;
  }

  private static byte[] head(Panel panel) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(panel.digest());
      byte[] mapping = Mappings.write(panel.mapping()).getBytes(StandardCharsets.UTF_8);
      out.writeInt(mapping.length);
      out.write(mapping);
      out.writeInt(panel.personYears());
      out.writeInt(panel.columns().size());
      for (PanelColumn column : panel.columns()) {
        out.writeUTF(column.name());
        out.writeUTF(column.source());
        out.writeUTF(column.role().name());
        out.writeUTF(column.type().name());
      }
      out.writeInt(panel.personCount());
      for (int person = 0; person < panel.personCount(); person++) {
        out.writeUTF(panel.person(person));
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  private record HeadColumn(String name, String source, ColumnRole role, ColumnType type) {}

  private record Head(
      String digest, Mapping mapping, int rows, List<HeadColumn> columns, List<String> persons) {
    static Head of(byte[] bytes) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
        String digest = in.readUTF();
        Mapping mapping =
            Mappings.parse(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        int rows = in.readInt();
        List<HeadColumn> columns = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
          columns.add(
              new HeadColumn(
                  in.readUTF(),
                  in.readUTF(),
                  ColumnRole.valueOf(in.readUTF()),
                  ColumnType.valueOf(in.readUTF())));
        }
        List<String> persons = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
          persons.add(in.readUTF());
        }
        return new Head(digest, mapping, rows, columns, persons);
      } catch (IOException damaged) {
        throw new IllegalStateException("A stored panel's head is damaged.", damaged);
      }
    }
  }
}
