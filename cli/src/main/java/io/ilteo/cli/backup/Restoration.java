package io.ilteo.cli.backup;

import io.ilteo.cli.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.api.MigrationVersion;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Fills a fresh database from an archive: each schema is made at the version that was backed up,
 * given its rows, and upgraded to the version that this build wants.
 */
final class Restoration {
  private final Archive archive;
  private final Migrations migrations;

  Restoration(Archive archive, Migrations migrations) {
    this.archive = archive;
    this.migrations = migrations;
  }

  /**
   * Restores all schemas.
   *
   * @param database a session of the superuser, who alone may load rows without firing triggers
   * @param targets where the schema of a name is
   * @throws PlatformException if the archive is of a newer schema; told before a row is written
   */
  void into(Connection database, Function<String, Migrations.Target> targets)
      throws IOException, SQLException {
    for (Manifest.SchemaContents schema : archive.manifest().schemas()) {
      requireKnown(targets.apply(schema.name()), schema);
    }
    for (Manifest.SchemaContents schema : archive.manifest().schemas()) {
      restore(database, targets.apply(schema.name()), schema);
    }
    try (Statement statement = database.createStatement()) {
      statement.execute("ANALYZE");
    }
  }

  private void requireKnown(Migrations.Target target, Manifest.SchemaContents schema) {
    for (Map.Entry<String, String> version : schema.versions().entrySet()) {
      Optional<MigrationVersion> newest = migrations.newest(target, version.getKey());
      MigrationVersion wanted = MigrationVersion.fromVersion(version.getValue());
      if (newest.isEmpty() || wanted.compareTo(newest.get()) > 0) {
        throw new PlatformException(
            "The archive's schema %s is at version %s (%s), newer than the %s that this program knows; restore it with the version of Ilteo that made it, or a newer one."
                .formatted(
                    schema.name(),
                    wanted,
                    version.getKey(),
                    newest.map(MigrationVersion::toString).orElse("none")));
      }
    }
  }

  private void restore(
      Connection database, Migrations.Target target, Manifest.SchemaContents schema)
      throws IOException, SQLException {
    for (String history : Migrations.HISTORIES) {
      String version = schema.versions().get(history);
      if (version != null) {
        migrations.migrate(target, history, MigrationVersion.fromVersion(version));
      }
    }
    Catalog catalog = new Catalog(database, schema.name());
    requireSameColumns(catalog, schema);
    load(catalog, schema);
    for (String history : Migrations.HISTORIES) {
      if (schema.versions().containsKey(history)) {
        migrations.migrate(target, history, MigrationVersion.LATEST);
      }
    }
  }

  private static void requireSameColumns(Catalog catalog, Manifest.SchemaContents schema)
      throws SQLException {
    Map<String, List<String>> columns = catalog.tables(Migrations.HISTORIES);
    for (Manifest.Table table : schema.tables()) {
      if (!table.columns().equals(columns.get(table.name()))) {
        throw new PlatformException(
            "The archive's table %s.%s has columns %s, which version %s of its schema has not."
                .formatted(schema.name(), table.name(), table.columns(), schema.versions()));
      }
    }
  }

  private void load(Catalog catalog, Manifest.SchemaContents schema)
      throws IOException, SQLException {
    Connection database = catalog.connection();
    CopyManager copies = database.unwrap(PGConnection.class).getCopyAPI();
    try (Statement statement = database.createStatement()) {
      // What triggers would compute is in the rows, and tables may come before those they refer to.
      statement.execute("SET session_replication_role = replica");
    }
    for (Manifest.Table table : schema.tables()) {
      long rows;
      try (InputStream in = archive.rows(schema, table)) {
        rows = copies.copyIn(catalog.copy(table.name(), table.columns(), "FROM STDIN"), in);
      }
      if (rows != table.rows()) {
        throw new PlatformException(
            "%s.%s has %d rows after loading %d."
                .formatted(schema.name(), table.name(), rows, table.rows()));
      }
    }
    for (Map.Entry<String, Long> sequence : schema.sequences().entrySet()) {
      try (PreparedStatement set =
          database.prepareStatement("SELECT setval(cast(? AS regclass), ?)")) {
        set.setString(1, catalog.qualified(sequence.getKey()));
        set.setLong(2, sequence.getValue());
        set.execute();
      }
    }
    try (Statement statement = database.createStatement()) {
      statement.execute("SET session_replication_role = origin");
    }
  }

  /** Ends every attempt that ran when the archive was made; returns how many. */
  static int revokeLeases(Connection database, String tunerSchema, String why) throws SQLException {
    String sql = "SELECT " + new Catalog(database, tunerSchema).qualified("revoke_leases") + "(?)";
    try (PreparedStatement call = database.prepareStatement(sql)) {
      call.setString(1, why);
      try (ResultSet row = call.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
