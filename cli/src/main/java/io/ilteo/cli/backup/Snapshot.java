package io.ilteo.cli.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Copies all schemas into an archive as they were at one moment: one REPEATABLE READ transaction
 * reads everything, and nobody is held up by it.
 */
final class Snapshot {
  private Snapshot() {}

  /** Takes a snapshot over {@code database}, a connection that may read every schema. */
  static Manifest take(Connection database, List<String> schemas, Path target)
      throws IOException, SQLException {
    try (Archive.Writer writer = Archive.Writer.create(target)) {
      database.setAutoCommit(false);
      try (Statement statement = database.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      }
      String takenAt = text(database, "SELECT to_json(now()) #>> '{}'");
      List<Manifest.SchemaContents> contents = new ArrayList<>();
      for (String schema : schemas) {
        contents.add(copy(new Catalog(database, schema), writer));
      }
      Manifest manifest =
          new Manifest(Manifest.FORMAT, text(database, "SHOW server_version"), takenAt, contents);
      database.rollback();
      writer.finish(manifest);
      return manifest;
    }
  }

  private static Manifest.SchemaContents copy(Catalog catalog, Archive.Writer writer)
      throws IOException, SQLException {
    CopyManager copies = catalog.connection().unwrap(PGConnection.class).getCopyAPI();
    List<Manifest.Table> tables = new ArrayList<>();
    Map<String, List<String>> columns = catalog.tables(Migrations.HISTORIES);
    for (Map.Entry<String, List<String>> table : columns.entrySet()) {
      String statement = catalog.copy(table.getKey(), table.getValue(), "TO STDOUT");
      tables.add(
          writer.table(
              catalog.schema(),
              table.getKey(),
              table.getValue(),
              out -> copies.copyOut(statement, out)));
    }
    // Sequences stand outside of transactions: read last, they are never behind the rows.
    return new Manifest.SchemaContents(
        catalog.schema(), catalog.versions(Migrations.HISTORIES), tables, catalog.sequences());
  }

  private static String text(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
