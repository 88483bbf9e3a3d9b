package io.ilteo.localpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

class PostgresClusterTest {
  @TempDir Path folder;
  private PostgresCluster cluster;
  private int port;

  @BeforeEach
  void prepare() {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "ilteo");
    cluster =
        new PostgresCluster(
            PostgresBinaries.unpackUnder(cache),
            folder.resolve("postgres"),
            PostgresCluster.Durability.FULL);
    port = FreePorts.next();
  }

  @AfterEach
  void stop() {
    cluster.stop();
  }

  @Test
  void committedRowsSurviveAKilledPostmaster() throws Exception {
    cluster.start(port);
    execute("CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (42)");
    long first = cluster.runningServer().orElseThrow().pid();
    ProcessHandle postmaster = ProcessHandle.of(first).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().get();

    cluster.start(port);

    assertThat(cluster.runningServer().orElseThrow().pid()).isNotEqualTo(first);
    assertThat(query("SELECT n FROM kept")).isEqualTo("42");
  }

  @Test
  void aSessionThatOutlivesItsKilledPostmasterDoesNotBlockTheNextStart() throws Exception {
    cluster.start(port);
    ProcessHandle postmaster =
        ProcessHandle.of(cluster.runningServer().orElseThrow().pid()).orElseThrow();
    try (Connection busy = PlatformDatabase.connect(port, "postgres", cluster.superuserPassword());
        Statement statement = busy.createStatement();
        ExecutorService session = Executors.newSingleThreadExecutor()) {
      long backend = busy.unwrap(PGConnection.class).getBackendPID();
      // Computes without ever waiting, so that it does not see its postmaster die.
      Future<?> computing =
          session.submit(() -> statement.execute("DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$"));
      awaitStatement(backend);
      postmaster.destroyForcibly();
      postmaster.onExit().get();
      assertThat(ProcessHandle.of(backend)).isPresent();

      cluster.start(port);

      assertThat(ProcessHandle.of(backend)).isEmpty();
      assertThat(query("SELECT 1")).isEqualTo("1");
      assertThatThrownBy(computing::get).hasCauseInstanceOf(SQLException.class);
    }
  }

  /** Returns once the session executes its statement. */
  private void awaitStatement(long backend) throws SQLException {
    String state = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid = ";
    while (!query(state + backend).equals("1")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void startingTwiceKeepsTheSameServer() {
    cluster.start(port);
    long first = cluster.runningServer().orElseThrow().pid();
    cluster.start(port);
    assertThat(cluster.runningServer().orElseThrow().pid()).isEqualTo(first);
  }

  @Test
  void aPidFileThatNamesAStrangerIsIgnored() throws IOException {
    cluster.start(port);
    cluster.stop();
    // This JVM is alive and is not PostgreSQL.
    Files.writeString(
        folder.resolve("postgres/data/postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + folder + "\n0\n" + port + "\n\n127.0.0.1\n0\n");
    assertThat(cluster.runningServer()).isEmpty();
    cluster.start(port);
    assertThat(cluster.runningServer()).isPresent();
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      assertThatThrownBy(() -> cluster.start(port))
          .isInstanceOf(LocalPostgresException.class)
          .hasMessage("Port " + port + " is taken; free it or choose another for PostgreSQL.");
    }
  }

  @Test
  void settingsAreDurableAndLoopbackOnly() throws Exception {
    cluster.start(port);
    assertThat(query("SHOW fsync")).isEqualTo("on");
    assertThat(query("SHOW synchronous_commit")).isEqualTo("on");
    assertThat(query("SHOW full_page_writes")).isEqualTo("on");
    assertThat(query("SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(query("SHOW unix_socket_directories")).isEmpty();
    assertThat(query("SHOW password_encryption")).isEqualTo("scram-sha-256");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("postgres/superuser.secret"))))
        .isEqualTo("rw-------");
  }

  @Test
  void noServiceReadsAnothersSchema() throws Exception {
    cluster.start(port);
    Path secrets = folder.resolve("secrets");
    PlatformDatabase.create(port, cluster.superuserPassword(), secrets);
    PlatformDatabase.create(port, cluster.superuserPassword(), secrets);
    try (Connection tuner = as("tuner", secrets);
        Statement statement = tuner.createStatement()) {
      statement.execute("CREATE TABLE study (id int)");
    }
    try (Connection wage = as("wage", secrets);
        Statement statement = wage.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM tuner.study"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied for schema tuner");
    }
  }

  private Connection as(String role, Path secrets) throws Exception {
    return DriverManager.getConnection(
        PostgresCluster.jdbcUrl(port, PlatformDatabase.DATABASE),
        role,
        PlatformDatabase.password(secrets, role));
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection =
            PlatformDatabase.connect(port, "postgres", cluster.superuserPassword());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String query(String sql) throws SQLException {
    try (Connection connection =
            PlatformDatabase.connect(port, "postgres", cluster.superuserPassword());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
