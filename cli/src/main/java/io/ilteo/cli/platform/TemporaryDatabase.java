package io.ilteo.cli.platform;

import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.PlatformDatabase;
import io.ilteo.localpostgres.PostgresBinaries;
import io.ilteo.localpostgres.PostgresCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL of its own, as durable as the platform's, in a temporary folder. */
public final class TemporaryDatabase implements AutoCloseable {
  private final Path folder;
  private final PostgresCluster cluster;
  private final int port;
  private final Cleanup cleanup = new Cleanup(this::leaveNothing);

  private TemporaryDatabase(Path folder, PostgresCluster cluster, int port) {
    this.folder = folder;
    this.cluster = cluster;
    this.port = port;
  }

  /** Starts one, with the platform's schemas, all empty. */
  public static TemporaryDatabase start(Path programs) throws IOException {
    Path folder = Files.createTempDirectory("ilteo-database");
    PostgresCluster cluster =
        new PostgresCluster(
            PostgresBinaries.unpackUnder(programs),
            folder.resolve("postgres"),
            PostgresCluster.Durability.FULL);
    TemporaryDatabase database = new TemporaryDatabase(folder, cluster, FreePorts.next());
    cluster.start(database.port);
    PlatformDatabase.create(database.port, cluster.superuserPassword(), database.secrets());
    return database;
  }

  /** The variables that point a service at its schema. */
  public Map<String, String> environment(String schema) throws IOException {
    return Map.of(
        "ILTEO_DB_URL",
        PostgresCluster.jdbcUrl(port, PlatformDatabase.DATABASE),
        "ILTEO_DB_USER",
        schema,
        "ILTEO_DB_SCHEMA",
        schema,
        "ILTEO_DB_PASSWORD",
        PlatformDatabase.password(secrets(), schema));
  }

  private Path secrets() {
    return folder.resolve("secrets");
  }

  private void leaveNothing() throws IOException {
    cluster.stop();
    TemporaryPlatform.delete(folder);
  }

  @Override
  public void close() throws IOException {
    cleanup.close();
  }
}
