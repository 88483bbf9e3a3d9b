package io.ilteo.localpostgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh, empty database for one test class, on a PostgreSQL that lives as long as this JVM.
 *
 * <p>Holds one schema with its role, as the platform has them. Pass {@link #environment} to a
 * service under test, or use {@link #dataSource} directly.
 *
 * @param port where the server listens on loopback
 * @param database name of the database
 * @param schema name of the schema and of the role that owns it
 * @param password the role's password
 */
public record TestDatabase(int port, String database, String schema, String password) {
  private static final AtomicInteger CREATED = new AtomicInteger();
  private static @Nullable Server server;

  /** Creates a database with one schema, e.g. {@code tuner}. */
  public static synchronized TestDatabase create(String schema) {
    return createFrom("template1", schema);
  }

  /** Creates a database with all that is in this one, to which nobody may be connected. */
  public TestDatabase copy() {
    return createFrom(database, schema);
  }

  private static synchronized TestDatabase createFrom(String template, String schema) {
    Server running = server();
    String name = "test_" + ProcessHandle.current().pid() + "_" + CREATED.incrementAndGet();
    String password = "test_password";
    try {
      try (Connection admin =
          PlatformDatabase.connect(running.port, "postgres", running.password)) {
        PlatformDatabase.copyDatabase(admin, template, name);
      }
      try (Connection admin = PlatformDatabase.connect(running.port, name, running.password)) {
        PlatformDatabase.createSchema(admin, name, schema, password);
      }
    } catch (SQLException failure) {
      throw new LocalPostgresException("Cannot create " + name, failure);
    }
    return new TestDatabase(running.port, name, schema, password);
  }

  /** JDBC address of the database. */
  public String jdbcUrl() {
    return PostgresCluster.jdbcUrl(port, database);
  }

  /** Name of the role to connect as. */
  public String user() {
    return schema;
  }

  /** Connections without a pool, as the schema's role. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(user());
    source.setPassword(password);
    source.setCurrentSchema(schema);
    return source;
  }

  /** A session of the superuser on this database. */
  public Connection superuser() throws SQLException {
    return PlatformDatabase.connect(port, database, superuserPassword());
  }

  private static synchronized String superuserPassword() {
    return server().password;
  }

  /** Runs statements as the schema's role. */
  public void execute(String... statements) {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new LocalPostgresException("Statement failed: " + failure.getMessage(), failure);
    }
  }

  /** The environment variables that point an Ilteo service at this database. */
  public List<String> environment() {
    return List.of(
        "ILTEO_DB_URL=" + jdbcUrl(),
        "ILTEO_DB_USER=" + user(),
        "ILTEO_DB_PASSWORD=" + password,
        "ILTEO_DB_SCHEMA=" + schema);
  }

  /** Stops the server now and lets {@link #startServer} bring it back: for tests of outages. */
  public static synchronized void stopServer() {
    server().cluster.stop();
  }

  /** Starts the server again after {@link #stopServer}, on the same port with the same data. */
  public static synchronized void startServer() {
    server().cluster.start(server().port);
  }

  private static Server server() {
    if (server == null) {
      server = Server.start();
    }
    return server;
  }

  private record Server(PostgresCluster cluster, int port, String password, Path root) {
    private static final String PREFIX = "ilteo-test-pg-";

    static Server start() {
      try {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "ilteo");
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        PostgresBinaries binaries = PostgresBinaries.unpackUnder(cache);
        sweep(binaries, temporary);
        Path root =
            Files.createTempDirectory(temporary, PREFIX + ProcessHandle.current().pid() + "-");
        PostgresCluster cluster =
            new PostgresCluster(binaries, root, PostgresCluster.Durability.NONE);
        int port = FreePorts.next();
        cluster.start(port);
        Server started = new Server(cluster, port, cluster.superuserPassword(), root);
        Runtime.getRuntime().addShutdownHook(new Thread(started::remove));
        return started;
      } catch (IOException failure) {
        throw new LocalPostgresException("Cannot start PostgreSQL for tests", failure);
      }
    }

    /** A killed JVM cannot tidy up; the next one does it, by the pid in the folder's name. */
    private static void sweep(PostgresBinaries binaries, Path temporary) throws IOException {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*-*")) {
        for (Path folder : folders) {
          long owner = Long.parseLong(folder.getFileName().toString().split("-", -1)[3]);
          if (ProcessHandle.of(owner).isEmpty() && Files.isWritable(folder)) {
            PostgresCluster left =
                new PostgresCluster(binaries, folder, PostgresCluster.Durability.NONE);
            new Server(left, 0, "", folder).remove();
          }
        }
      }
    }

    void remove() {
      cluster.stop();
      try {
        PostgresBinaries.deleteTree(root);
      } catch (IOException leftBehind) {
        System.err.println("Left behind: " + root);
      }
    }
  }
}
