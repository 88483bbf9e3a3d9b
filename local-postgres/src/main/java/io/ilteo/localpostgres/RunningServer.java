package io.ilteo.localpostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A postmaster that runs on a certain data directory. */
public record RunningServer(long pid, int port) {
  // Lines of postmaster.pid: pid, data directory, start time, port, ... (PostgreSQL's miscadmin.h).
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

  /** Reads {@code postmaster.pid}; empty unless that process is alive and is our postmaster. */
  static Optional<RunningServer> of(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      if (lines.size() <= PORT_LINE) {
        return Optional.empty();
      }
      long pid = Long.parseLong(lines.get(PID_LINE).strip());
      int port = Integer.parseInt(lines.get(PORT_LINE).strip());
      return isPostmasterOf(pid, data)
          ? Optional.of(new RunningServer(pid, port))
          : Optional.empty();
    } catch (IOException | NumberFormatException noServer) {
      return Optional.empty();
    }
  }

  /** Whether something accepts connections on the port. */
  boolean acceptsConnections() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** A pid can be used again by a stranger: the command line tells. */
  private static boolean isPostmasterOf(long pid, Path data) throws IOException {
    Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
    if (!Files.exists(commandLine)) {
      return false;
    }
    List<String> words =
        List.of(Files.readString(commandLine, StandardCharsets.UTF_8).split("\0", -1));
    return words.getFirst().endsWith("postgres") && words.contains(data.toString());
  }
}
