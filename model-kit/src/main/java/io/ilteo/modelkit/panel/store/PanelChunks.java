package io.ilteo.modelkit.panel.store;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.importing.ColumnReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes a panel's values as chunks, one part after another, and reads them back. */
final class PanelChunks {
  private static final String PERSONS = "persons";
  private static final String PERSONS_LENGTH = "persons-length";
  private static final String STARTS = "starts";
  private static final String YEARS = "years";
  private static final String COLUMN = "column:";

  private PanelChunks() {}

  static void write(Connection connection, Panel panel) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES (?, ?, ?, ?)")) {
      insert.setString(1, panel.digest());
      byte[] persons = personBytes(panel);
      put(insert, PERSONS, 0, ChunkCodec.deflate(persons));
      writeWords(insert, PERSONS_LENGTH, new int[] {persons.length});
      int[] starts = new int[panel.personCount() + 1];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = panel.start(i);
      }
      writeWords(insert, STARTS, starts);
      int[] words = new int[panel.personYears()];
      for (int row = 0; row < words.length; row++) {
        words[row] = panel.year(row);
      }
      writeWords(insert, YEARS, words);
      for (PanelColumn column : panel.columns()) {
        for (int row = 0; row < words.length; row++) {
          words[row] = Float.floatToIntBits(column.value(row));
        }
        writeWords(insert, COLUMN + column.name(), words);
      }
    }
  }

  private static void writeWords(PreparedStatement insert, String part, int[] words)
      throws SQLException {
    for (int from = 0, chunk = 0; from < words.length; from += ChunkCodec.CHUNK_WORDS, chunk++) {
      int count = Math.min(ChunkCodec.CHUNK_WORDS, words.length - from);
      put(insert, part, chunk, ChunkCodec.pack(words, from, count));
    }
  }

  private static void put(PreparedStatement insert, String part, int chunk, byte[] bytes)
      throws SQLException {
    insert.setString(2, part);
    insert.setInt(3, chunk);
    insert.setBytes(4, bytes);
    insert.executeUpdate();
  }

  static Panel read(Connection connection, StoredPanel description) throws SQLException {
    int rows = Math.toIntExact(description.personYears());
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT bytes FROM panel_chunk WHERE panel_digest = ? AND part = ? AND chunk = ?")) {
      select.setString(1, description.digest());
      int length = readWords(select, PERSONS_LENGTH, 1)[0];
      List<String> persons = persons(ChunkCodec.inflate(get(select, PERSONS, 0), length));
      int[] starts = readWords(select, STARTS, persons.size() + 1);
      int[] years = readWords(select, YEARS, rows);
      List<PanelColumn> columns = new ArrayList<>();
      for (ColumnReport report : description.columns()) {
        int[] words = readWords(select, COLUMN + report.name(), rows);
        float[] values = new float[rows];
        for (int row = 0; row < rows; row++) {
          values[row] = Float.intBitsToFloat(words[row]);
        }
        columns.add(
            new PanelColumn(report.name(), report.source(), report.role(), report.type(), values));
      }
      return new Panel(description.mapping(), persons, starts, years, columns);
    }
  }

  private static int[] readWords(PreparedStatement select, String part, int count)
      throws SQLException {
    int[] words = new int[count];
    for (int from = 0, chunk = 0; from < count; from += ChunkCodec.CHUNK_WORDS, chunk++) {
      int size = Math.min(ChunkCodec.CHUNK_WORDS, count - from);
      ChunkCodec.unpack(get(select, part, chunk), words, from, size);
    }
    return words;
  }

  private static byte[] get(PreparedStatement select, String part, int chunk) throws SQLException {
    select.setString(2, part);
    select.setInt(3, chunk);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException(
            "Chunk %d of part %s is not in the database.".formatted(chunk, part));
      }
      return row.getBytes(1);
    }
  }

  private static byte[] personBytes(Panel panel) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(panel.personCount());
      for (int person = 0; person < panel.personCount(); person++) {
        out.writeUTF(panel.person(person));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static List<String> persons(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int count = in.readInt();
      List<String> persons = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        persons.add(in.readUTF());
      }
      return persons;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
