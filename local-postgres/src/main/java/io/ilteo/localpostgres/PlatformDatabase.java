package io.ilteo.localpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Ilteo's database on a server: one role and one schema a service, none readable by another.
 *
 * <p>Everything here can be run again and changes nothing then.
 */
public final class PlatformDatabase {
  /** Name of the database. */
  public static final String DATABASE = "ilteo";

  /** The schemas, each owned by the role of the same name. */
  public static final List<String> SCHEMAS = List.of("wage", "satisfaction", "tuner");

  private PlatformDatabase() {}

  /**
   * Creates what is missing. Passwords stand in {@code secrets}, one file of mode 0600 a role.
   *
   * @param port where the server listens on loopback
   * @param superuserPassword the superuser's password
   */
  public static void create(int port, String superuserPassword, Path secrets) {
    create(port, superuserPassword, secrets, DATABASE);
  }

  /** Like {@link #create(int, String, Path)}, in a database of another name. */
  public static void create(int port, String superuserPassword, Path secrets, String name) {
    try {
      Files.createDirectories(secrets);
      try (Connection server = connect(port, "postgres", superuserPassword)) {
        createDatabase(server, name);
      }
      try (Connection database = connect(port, name, superuserPassword)) {
        for (String schema : SCHEMAS) {
          createSchema(database, name, schema, password(secrets, schema));
        }
      }
    } catch (SQLException | IOException failure) {
      throw new LocalPostgresException(
          "Cannot lay out the database: " + failure.getMessage(), failure);
    }
  }

  /** The password of {@code schema}'s role, drawn when it was first asked for. */
  public static String password(Path secrets, String schema) throws IOException {
    Path file = secrets.resolve(schema + ".secret");
    if (!Files.exists(file)) {
      PostgresCluster.Secrets.write(file, PostgresCluster.Secrets.draw());
    }
    return PostgresCluster.Secrets.read(file);
  }

  /** Forgets the roles' passwords: the next {@link #create} draws new ones. */
  public static void forgetPasswords(Path secrets) throws IOException {
    for (String schema : SCHEMAS) {
      Files.deleteIfExists(secrets.resolve(schema + ".secret"));
    }
  }

  /** Deletes a database if it exists, ending its sessions. */
  public static void drop(Connection server, String name) throws SQLException {
    try (Statement statement = server.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
  }

  /**
   * Puts database {@code fresh} into the place of {@link #DATABASE}, whose contents are then called
   * {@code retired}. Either all of it happens or nothing. Sessions on the old one end.
   */
  public static void replace(Connection server, String fresh, String retired) throws SQLException {
    try (Statement statement = server.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname IN ('%s', '%s')"
              .formatted(DATABASE, fresh));
      server.setAutoCommit(false);
      statement.execute("ALTER DATABASE " + DATABASE + " RENAME TO " + retired);
      statement.execute("ALTER DATABASE " + fresh + " RENAME TO " + DATABASE);
      server.commit();
    } finally {
      if (!server.isClosed()) {
        server.setAutoCommit(true);
      }
    }
  }

  /** A session of the superuser. */
  public static Connection connect(int port, String database, String password) throws SQLException {
    return DriverManager.getConnection(
        PostgresCluster.jdbcUrl(port, database), PostgresCluster.SUPERUSER, password);
  }

  static void createDatabase(Connection server, String name) throws SQLException {
    copyDatabase(server, "template1", name);
  }

  /** Makes a database with all that is in another, to which nobody may be connected. */
  static void copyDatabase(Connection server, String from, String name) throws SQLException {
    if (exists(server, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
      return;
    }
    try (Statement statement = server.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + from);
      statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
    }
  }

  /** Names and passwords come from this class: letters, digits and '_' only, safe to put in SQL. */
  static void createSchema(Connection database, String databaseName, String schema, String password)
      throws SQLException {
    try (Statement statement = database.createStatement()) {
      if (!exists(database, "SELECT 1 FROM pg_roles WHERE rolname = ?", schema)) {
        statement.execute("CREATE ROLE " + schema + " LOGIN");
      }
      statement.execute("ALTER ROLE " + schema + " PASSWORD '" + password + "'");
      statement.execute("ALTER ROLE " + schema + " SET search_path = " + schema);
      statement.execute("GRANT CONNECT, TEMPORARY ON DATABASE " + databaseName + " TO " + schema);
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION " + schema);
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
