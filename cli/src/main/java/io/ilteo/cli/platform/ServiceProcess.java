package io.ilteo.cli.platform;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.ilteo.cli.client.Channels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One service's JVM: started detached from the terminal, found again by its pid file. */
public final class ServiceProcess {
  private static final Duration READY_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
  private static final long PROBE_PAUSE_MILLIS = 100;

  private final Home home;
  private final Replica replica;

  public ServiceProcess(Home home, Replica replica) {
    this.home = home;
    this.replica = replica;
  }

  /** The JVM, if it runs. */
  public Optional<ProcessHandle> process() {
    return pidFile().process();
  }

  /** Starts the JVM unless it runs. Does not wait until it serves: see {@link #awaitReady}. */
  public void start(Map<String, String> environment) {
    if (process().isPresent()) {
      return;
    }
    Service service = replica.service();
    requireFree(replica.grpcPort(), service.grpcPort());
    requireFree(replica.httpPort(), service.httpPort());
    Path jar = home.projectRoot().resolve(service.jar());
    if (!Files.exists(jar)) {
      throw new PlatformException("Not built: " + jar + " is missing.");
    }
    new LogFile(log()).rotate();
    List<String> line = new ArrayList<>();
    // A session of its own: Ctrl-C at the terminal must not reach the server.
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      line.add("/usr/bin/setsid");
    }
    line.addAll(ServiceJvm.line(home.projectRoot(), service));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(ServiceJvm.ENVIRONMENT);
    builder.environment().putAll(environment);
    try {
      pidFile().write(builder.start().toHandle());
    } catch (IOException failure) {
      throw new PlatformException("Cannot start " + replica.name() + ": " + failure.getMessage());
    }
  }

  /** Waits until the service answers its health check. */
  public void awaitReady() {
    Instant deadline = Instant.now().plus(READY_LIMIT);
    ManagedChannel channel = Channels.plaintext(address());
    try {
      while (!serves(channel)) {
        if (process().isEmpty()) {
          throw new PlatformException(
              replica.name() + "-service ended while starting: " + lastLogLine());
        }
        if (Instant.now().isAfter(deadline)) {
          throw new PlatformException(
              replica.name() + "-service is not ready after 90 s; its log is " + log());
        }
        Pause.millis(PROBE_PAUSE_MILLIS);
      }
    } finally {
      channel.shutdownNow();
    }
  }

  /** Whether the service answers its health check now. */
  public boolean serves() {
    ManagedChannel channel = Channels.plaintext(address());
    try {
      return serves(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  /** Asks the JVM to end, then makes it. */
  public void stop() {
    process()
        .ifPresent(
            running -> {
              running.destroy();
              if (!Pause.untilEnded(running, STOP_LIMIT)) {
                running.destroyForcibly();
                Pause.untilEnded(running, STOP_LIMIT);
              }
            });
    pidFile().delete();
  }

  Path log() {
    return home.subfolder("logs").resolve(replica.name() + ".log");
  }

  String address() {
    return replica.address();
  }

  /** Whether a server answers its health check now. */
  static boolean serves(ManagedChannel channel) {
    try {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PROBE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException notYet) {
      return false;
    }
  }

  private void requireFree(int number, PlatformPort port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
    } catch (IOException taken) {
      throw new PlatformException(
          "Port %d is taken; free it, or set %s (or %s in %s)."
              .formatted(
                  number,
                  port.environmentVariable(),
                  port.property(),
                  home.folder().resolve("config.properties")));
    }
  }

  private String lastLogLine() {
    try {
      List<String> lines = Files.readAllLines(log());
      return lines.stream()
              .filter(ServiceProcess::givesAReason)
              .reduce((first, second) -> second)
              .orElse(lines.isEmpty() ? "it printed nothing" : lines.getLast())
          + " (log: "
          + log()
          + ")";
    } catch (IOException unreadable) {
      return "its log is " + log();
    }
  }

  /** What a service says for people starts with its program's name. */
  private static boolean givesAReason(String line) {
    return line.startsWith("ilteo: ") || line.contains("ERROR") || line.contains("Exception");
  }

  private PidFile pidFile() {
    return new PidFile(home.subfolder("run").resolve(replica.name() + ".pid"));
  }
}
