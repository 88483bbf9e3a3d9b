package io.ilteo.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.grpc.ManagedChannel;
import io.ilteo.cli.client.Channels;
import io.ilteo.cli.platform.PlatformPort;
import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.PlatformDatabase;
import io.ilteo.localpostgres.PostgresCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * An ILTEO_HOME of its own with ports of its own, driven by the command line in other processes.
 */
final class Installation implements AutoCloseable {
  private static final long LIMIT_MINUTES = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path project =
      Path.of(System.getProperty("ilteo.root", "..")).toAbsolutePath().normalize();
  private final Path home;
  private final Map<PlatformPort, Integer> ports = new EnumMap<>(PlatformPort.class);

  private final Map<String, String> environment = new HashMap<>();

  Installation(Path home) {
    this.home = home;
    for (PlatformPort port : PlatformPort.values()) {
      ports.put(port, FreePorts.next());
    }
  }

  /** Sets an environment variable for every command from now on, and for what it starts. */
  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** What a command printed and how it ended. */
  record Result(int exitCode, String out, String err) {
    List<JsonNode> json() {
      return out.lines().filter(line -> line.startsWith("{")).map(Installation::parse).toList();
    }
  }

  /** Runs a command to its end. */
  Result run(String... arguments) throws IOException, InterruptedException {
    return start(arguments).await();
  }

  /** Starts a command. */
  Running start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-Dilteo.root=" + project);
    line.add("-cp");
    line.add(project.resolve("cli/target/classes") + ":" + project.resolve("cli/target/lib/*"));
    line.add("io.ilteo.cli.Main");
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    builder.environment().put("ILTEO_HOME", home.toString());
    ports.forEach(
        (port, number) ->
            builder.environment().put("ILTEO_PORT_" + port.name(), number.toString()));
    Path out = Files.createTempFile("ilteo", ".out");
    Path err = Files.createTempFile("ilteo", ".err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Running(builder.start(), out, err);
  }

  /** A command that runs. */
  record Running(Process process, Path out, Path err) {
    /** Without a warning. */
    void kill() throws IOException, InterruptedException {
      process.destroyForcibly();
      await();
    }

    Result await() throws IOException, InterruptedException {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      Result result =
          new Result(
              process.waitFor(),
              Files.readString(out, StandardCharsets.UTF_8),
              Files.readString(err, StandardCharsets.UTF_8));
      Files.delete(out);
      Files.delete(err);
      return result;
    }
  }

  /** An installation with another home and other ports, but for PostgreSQL's. */
  Installation elsewhere(Path otherHome) {
    Installation other = new Installation(otherHome);
    other.ports.put(
        PlatformPort.POSTGRES, Objects.requireNonNull(ports.get(PlatformPort.POSTGRES)));
    return other;
  }

  /** Sends a signal, e.g. STOP. */
  static void signal(ProcessHandle process, String name) throws IOException, InterruptedException {
    int exitCode =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (exitCode != 0) {
      throw new IOException("no signal to " + process.pid());
    }
  }

  /** Kills a part of the platform without a warning. */
  void kill(String part) throws IOException, InterruptedException {
    ProcessHandle process = process(part);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Asks a part of the platform to end, by SIGTERM, and waits until it has. */
  void terminate(String part) throws IOException, InterruptedException {
    ProcessHandle process = process(part);
    process.destroy();
    process.onExit().join();
  }

  /** The process of a part of the platform. */
  ProcessHandle process(String part) throws IOException, InterruptedException {
    long pid =
        run("status", "--json").json().stream()
            .filter(row -> row.path("name").asText().equals(part))
            .findFirst()
            .orElseThrow()
            .path("pid")
            .asLong();
    return ProcessHandle.of(pid).orElseThrow();
  }

  /** A channel to a gRPC server of this installation. */
  ManagedChannel channel(PlatformPort port) {
    return Channels.plaintext("127.0.0.1:" + ports.get(port));
  }

  /** Where a browser finds the dashboard. */
  String dashboard() {
    return "http://127.0.0.1:" + ports.get(PlatformPort.TUNER_HTTP) + "/";
  }

  /** The one number that a query on the database yields. */
  long count(String sql) throws IOException, SQLException {
    return Long.parseLong(text(sql));
  }

  /** The first column of the first row that the platform's database answers. */
  String text(String sql) throws IOException, SQLException {
    String password = Files.readString(home.resolve("postgres/superuser.secret")).strip();
    String url =
        PostgresCluster.jdbcUrl(
            Objects.requireNonNull(ports.get(PlatformPort.POSTGRES)), PlatformDatabase.DATABASE);
    try (Connection connection =
            DriverManager.getConnection(url, PostgresCluster.SUPERUSER, password);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException notJson) {
      throw new IllegalArgumentException(line, notJson);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("down");
  }
}
