package io.ilteo.cli.backup;

import io.ilteo.cli.platform.Home;
import io.ilteo.cli.platform.Platform;
import io.ilteo.cli.platform.Platform.DatabaseServer;
import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.Service;
import io.ilteo.localpostgres.PlatformDatabase;
import io.ilteo.localpostgres.PostgresCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * Backs up the platform on this machine and restores it.
 *
 * <p>A restored database must hear nothing from processes that worked on the one before it. Three
 * things see to that: the services must be down; every lease that ran when the archive was made is
 * revoked; and the roles get new passwords, so that a process which was missed cannot come back.
 */
public final class PlatformBackup {
  private static final String RESTORING = PlatformDatabase.DATABASE + "_restoring";
  private static final String RETIRED = PlatformDatabase.DATABASE + "_retired";

  private final Home home;
  private final Platform platform;

  public PlatformBackup(Home home) {
    this.home = home;
    this.platform = new Platform(home);
  }

  /**
   * How much an archive holds.
   *
   * @param takenAt the moment whose state it is
   * @param revokedLeases attempts that ran then and will be tried again
   */
  public record Contents(String takenAt, long rows, int revokedLeases) {}

  /** Writes everything into {@code file}, while the services go on. */
  public Contents take(Path file) {
    return platform.onDatabase(
        server -> {
          try (Connection database = server.connect(PlatformDatabase.DATABASE)) {
            Manifest manifest = Snapshot.take(database, PlatformDatabase.SCHEMAS, file);
            return new Contents(manifest.takenAt(), manifest.rows(), 0);
          }
        });
  }

  /**
   * Makes the database what it was when {@code file} was written. The database that is there is
   * touched only when the new one is ready.
   *
   * @param overwrite whether data that is there may go
   */
  public Contents restore(Path file, boolean overwrite) throws IOException {
    try (Archive archive = Archive.open(file);
        Migrations migrations = Migrations.ofBuild(home.projectRoot())) {
      return platform.onDatabase(server -> restore(archive, migrations, server, overwrite));
    }
  }

  private Contents restore(
      Archive archive, Migrations migrations, DatabaseServer server, boolean overwrite)
      throws IOException, SQLException {
    if (!platform.runningServices().isEmpty()) {
      throw new PlatformException(
          String.join(" and ", platform.runningServices())
              + " would write into what is restored; ./ilteo down first.");
    }
    if (!overwrite) {
      requireEmpty(server);
    }
    try (Connection postgres = server.connect("postgres")) {
      PlatformDatabase.drop(postgres, RESTORING);
      PlatformDatabase.drop(postgres, RETIRED);
      try {
        int revoked = fill(archive, migrations, server);
        PlatformDatabase.forgetPasswords(server.secrets());
        server.layOut(RESTORING);
        PlatformDatabase.replace(postgres, RESTORING, RETIRED);
        PlatformDatabase.drop(postgres, RETIRED);
        Manifest manifest = archive.manifest();
        return new Contents(manifest.takenAt(), manifest.rows(), revoked);
      } finally {
        PlatformDatabase.drop(postgres, RESTORING);
      }
    }
  }

  private static int fill(Archive archive, Migrations migrations, DatabaseServer server)
      throws IOException, SQLException {
    server.layOut(RESTORING);
    Function<String, Migrations.Target> targets =
        schema ->
            new Migrations.Target(
                PostgresCluster.jdbcUrl(server.port(), RESTORING), schema, server.password(schema));
    try (Connection fresh = server.connect(RESTORING)) {
      new Restoration(archive, migrations).into(fresh, targets);
      return Restoration.revokeLeases(
          fresh,
          Service.TUNER.id(),
          "the database was restored from a backup of " + archive.manifest().takenAt());
    }
  }

  private static void requireEmpty(DatabaseServer server) throws SQLException {
    try (Connection database = server.connect(PlatformDatabase.DATABASE)) {
      for (String schema : PlatformDatabase.SCHEMAS) {
        if (new Catalog(database, schema).holdsRows(Migrations.HISTORIES)) {
          throw new PlatformException(
              "The database holds data; --overwrite replaces it (./ilteo backup keeps it first).");
        }
      }
    }
  }
}
