package io.ilteo.cli.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a schema has: its tables, sequences and the version it is at. */
record Catalog(Connection connection, String schema) {
  /** Tables with the columns that can be written, the histories of migrations left out. */
  Map<String, List<String>> tables(List<String> histories) throws SQLException {
    String sql =
        """
        SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                             AND a.attgenerated = ''
         WHERE n.nspname = ? AND c.relkind = 'r' AND c.relname <> ALL (?)
         GROUP BY c.relname ORDER BY c.relname
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, schema);
      select.setArray(2, connection.createArrayOf("text", histories.toArray()));
      Map<String, List<String>> tables = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          tables.put(row.getString(1), List.of((String[]) row.getArray(2).getArray()));
        }
      }
      return tables;
    }
  }

  /** Last value drawn from each sequence; one that was never drawn from is absent. */
  Map<String, Long> sequences() throws SQLException {
    String sql =
        "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = ? AND last_value IS NOT NULL";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, schema);
      Map<String, Long> sequences = new LinkedHashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sequences.put(row.getString(1), row.getLong(2));
        }
      }
      return sequences;
    }
  }

  /** Newest migration by history, of those histories that exist. */
  Map<String, String> versions(List<String> histories) throws SQLException {
    Map<String, String> versions = new LinkedHashMap<>();
    for (String history : histories) {
      if (!exists(history)) {
        continue;
      }
      String sql =
          "SELECT version FROM %s WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1"
              .formatted(qualified(history));
      try (PreparedStatement select = connection.prepareStatement(sql);
          ResultSet row = select.executeQuery()) {
        if (row.next()) {
          versions.put(history, row.getString(1));
        }
      }
    }
    return versions;
  }

  /** Whether any table has a row. */
  boolean holdsRows(List<String> histories) throws SQLException {
    List<String> names = new ArrayList<>(tables(histories).keySet());
    for (String table : names) {
      String sql = "SELECT EXISTS (SELECT FROM " + qualified(table) + ")";
      try (PreparedStatement select = connection.prepareStatement(sql);
          ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean exists(String table) throws SQLException {
    String sql = "SELECT 1 FROM pg_tables WHERE schemaname = ? AND tablename = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, schema);
      select.setString(2, table);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** The name of a table or sequence of this schema, fit for a statement. */
  String qualified(String name) {
    return quoted(schema) + "." + quoted(name);
  }

  /** A COPY statement for these columns of a table; {@code direction} ends it. */
  String copy(String table, List<String> columns, String direction) {
    return "COPY %s (%s) %s"
        .formatted(
            qualified(table),
            columns.stream().map(Catalog::quoted).collect(Collectors.joining(", ")),
            direction);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
