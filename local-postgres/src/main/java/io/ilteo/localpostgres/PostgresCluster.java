package io.ilteo.localpostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One data directory and the server that runs on it.
 *
 * <p>The server is a daemon: it outlives the JVM that started it and is found again by its {@code
 * postmaster.pid}. Layout of {@code root}: {@code data} (PGDATA), {@code superuser.secret} (mode
 * 0600), {@code postgres.log}.
 */
public final class PostgresCluster {
  /** How much a crash may lose. */
  public enum Durability {
    /** Nothing that was committed. */
    FULL,
    /** Everything: for tests that throw the data away. */
    NONE
  }

  /** Name of the superuser. */
  public static final String SUPERUSER = "postgres";

  private final PostgresBinaries binaries;
  private final Path root;
  private final Durability durability;

  public PostgresCluster(PostgresBinaries binaries, Path root, Durability durability) {
    this.binaries = binaries;
    this.root = root.toAbsolutePath();
    this.durability = durability;
  }

  /**
   * Starts the server on loopback at {@code port}; does nothing if it runs there already. Creates
   * the data directory on the first call, and heals what a killed server left behind.
   *
   * @throws LocalPostgresException naming what is in the way: a taken port, a full disk, an
   *     unreadable data directory
   */
  public void start(int port) {
    initialise();
    Optional<RunningServer> running = runningServer();
    if (running.isPresent()) {
      if (running.get().port() == port && running.get().acceptsConnections()) {
        return;
      }
      stop();
    }
    if (!isFree(port)) {
      throw new LocalPostgresException(
          "Port " + port + " is taken; free it or choose another for PostgreSQL.");
    }
    clearStalePidFile();
    Command.Result result =
        Command.run(
            binaries.program("pg_ctl"),
            "start",
            "--wait",
            "--timeout=60",
            "--silent",
            "--pgdata=" + data(),
            "--log=" + log(),
            "--options=-p " + port);
    if (!result.succeeded()) {
      throw LocalPostgresException.at(root, "PostgreSQL did not start", lastLogLine(result));
    }
  }

  /** Stops the server, ending its sessions; does nothing if it does not run. */
  public void stop() {
    if (runningServer().isEmpty()) {
      return;
    }
    Command.Result result =
        Command.run(
            binaries.program("pg_ctl"),
            "stop",
            "--wait",
            "--timeout=60",
            "--silent",
            "--mode=fast",
            "--pgdata=" + data());
    if (!result.succeeded() && runningServer().isPresent()) {
      throw new LocalPostgresException("PostgreSQL did not stop: " + result.reason());
    }
  }

  /** The server that runs on this data directory, if one does. */
  public Optional<RunningServer> runningServer() {
    return RunningServer.of(data());
  }

  /** The superuser's password. */
  public String superuserPassword() {
    return Secrets.read(root.resolve("superuser.secret"));
  }

  /** JDBC address of {@code database} on a server at {@code port}. */
  public static String jdbcUrl(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Path data() {
    return root.resolve("data");
  }

  private Path log() {
    return root.resolve("postgres.log");
  }

  /** The data directory appears by one rename, so an initdb cut short leaves nothing whole. */
  private void initialise() {
    if (Files.exists(data().resolve("PG_VERSION"))) {
      return;
    }
    Path part = root.resolve("data.part");
    try {
      PostgresBinaries.deleteTree(part);
      Files.createDirectories(root);
      Path secret = root.resolve("superuser.secret");
      Secrets.write(secret, Secrets.draw());
      Command.Result result =
          Command.run(
              binaries.program("initdb"),
              "--pgdata=" + part,
              "--username=" + SUPERUSER,
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              durability == Durability.NONE ? "--no-sync" : "--data-checksums");
      if (!result.succeeded()) {
        throw LocalPostgresException.at(root, "Cannot create a database", result.reason());
      }
      Files.writeString(part.resolve("postgresql.auto.conf"), settings());
      Files.move(part, data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw LocalPostgresException.at(root, "Cannot create a database", failure);
    }
  }

  private String settings() {
    String durable = durability == Durability.FULL ? "on" : "off";
    return String.join(
        "\n",
        List.of(
            "listen_addresses = '127.0.0.1'",
            // No socket in a folder that others can write to.
            "unix_socket_directories = ''",
            "fsync = " + durable,
            "synchronous_commit = " + durable,
            "full_page_writes = " + durable,
            "max_connections = 200",
            "shared_buffers = '128MB'",
            "idle_in_transaction_session_timeout = '5min'",
            "log_timezone = 'UTC'",
            "timezone = 'UTC'",
            ""));
  }

  /** A postmaster.pid whose process is gone, or is not PostgreSQL, would stop the next start. */
  private void clearStalePidFile() {
    try {
      if (Files.exists(data().resolve("postmaster.pid"))) {
        Orphans.end(data());
        Files.deleteIfExists(data().resolve("postmaster.pid"));
      }
    } catch (IOException failure) {
      throw new LocalPostgresException(
          "Cannot remove the stale postmaster.pid in " + data(), failure);
    }
  }

  private String lastLogLine(Command.Result result) {
    try {
      List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
      return lines.stream()
          .filter(l -> l.contains("FATAL") || l.contains("PANIC"))
          .reduce((first, second) -> second)
          .orElse(result.reason());
    } catch (IOException noLog) {
      return result.reason();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As PostgreSQL does: sockets in TIME_WAIT do not count.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** Passwords in files that only their owner reads. */
  static final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 24;

    private Secrets() {}

    static String draw() {
      byte[] bytes = new byte[BYTES];
      RANDOM.nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    }

    static void write(Path file, String secret) throws IOException {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, secret);
    }

    static String read(Path file) {
      try {
        return Files.readString(file).strip();
      } catch (IOException failure) {
        throw new LocalPostgresException("Cannot read " + file, failure);
      }
    }
  }
}
