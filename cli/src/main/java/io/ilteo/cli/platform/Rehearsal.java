package io.ilteo.cli.platform;

import io.grpc.ManagedChannel;
import io.ilteo.cli.client.Channels;
import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.PlatformDatabase;
import io.ilteo.localpostgres.PostgresBinaries;
import io.ilteo.localpostgres.PostgresCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of its own on which services run one at a time, to learn something from the run. */
public final class Rehearsal implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofMinutes(3);
  private static final Duration END_LIMIT = Duration.ofMinutes(10);
  private static final long PROBE_PAUSE_MILLIS = 5;

  private final Path folder;
  private final PostgresCluster cluster;
  private final int databasePort = FreePorts.next();

  /** Starts the database. */
  public Rehearsal() throws IOException {
    folder = Files.createTempDirectory("ilteo-rehearsal");
    PostgresBinaries binaries = PostgresBinaries.unpackUnder(folder.resolve("programs"));
    cluster =
        new PostgresCluster(binaries, folder.resolve("postgres"), PostgresCluster.Durability.NONE);
    cluster.start(databasePort);
    PlatformDatabase.create(
        databasePort, cluster.superuserPassword(), Files.createDirectories(folder.resolve("keys")));
  }

  /** Starts a service with {@code line}; it is not ready yet. */
  public Run start(Service service, List<String> line) throws IOException {
    int grpcPort = FreePorts.next();
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    Path log = folder.resolve(service.id() + ".log");
    builder.redirectOutput(log.toFile());
    builder.environment().putAll(ServiceJvm.ENVIRONMENT);
    builder.environment().putAll(environment(service, grpcPort));
    return new Run(service, builder.start(), Instant.now(), grpcPort, log);
  }

  private Map<String, String> environment(Service service, int grpcPort) throws IOException {
    return Map.of(
        "ILTEO_DB_URL", PostgresCluster.jdbcUrl(databasePort, PlatformDatabase.DATABASE),
        "ILTEO_DB_USER", service.id(),
        "ILTEO_DB_SCHEMA", service.id(),
        "ILTEO_DB_PASSWORD", PlatformDatabase.password(folder.resolve("keys"), service.id()),
        "ILTEO_HTTP_PORT", Integer.toString(FreePorts.next()),
        "ILTEO_GRPC_PORT", Integer.toString(grpcPort));
  }

  /** One run of a service; closing asks it to end and waits until it has. */
  public record Run(Service service, Process process, Instant started, int grpcPort, Path log)
      implements AutoCloseable {

    /** Waits until its health check says that it serves: how long that took since its start. */
    public Duration awaitReady() {
      ManagedChannel channel = Channels.plaintext("127.0.0.1:" + grpcPort);
      try {
        while (!ServiceProcess.serves(channel)) {
          if (!process.isAlive() || isOver(READY_LIMIT)) {
            throw new PlatformException(
                "%s-service was not ready after %s: %s"
                    .formatted(service.id(), Duration.between(started, Instant.now()), lastLine()));
          }
          channel.resetConnectBackoff();
          Pause.millis(PROBE_PAUSE_MILLIS);
        }
        return Duration.between(started, Instant.now());
      } finally {
        channel.shutdownNow();
      }
    }

    private boolean isOver(Duration limit) {
      return Duration.between(started, Instant.now()).compareTo(limit) > 0;
    }

    private String lastLine() {
      try {
        return Files.readAllLines(log).stream().reduce((a, b) -> b).orElse("it printed nothing");
      } catch (IOException unreadable) {
        return "its log cannot be read";
      }
    }

    /** Processor time it has taken. */
    public Duration cpu() {
      return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Memory that it holds now, by the kernel's count of resident pages. */
    public long residentMebibytes() throws IOException {
      String status = Files.readString(Path.of("/proc/%d/status".formatted(process.pid())));
      return status
          .lines()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void close() {
      process.destroy();
      try {
        // A JVM that makes a cache does so now, in a process of its own that it waits for.
        if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException interrupted) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    cluster.stop();
    TemporaryPlatform.delete(folder);
  }
}
