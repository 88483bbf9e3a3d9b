package io.ilteo.localpostgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports that servers can come back to after they were killed: below those that Linux gives to
 * clients, each given once by a process.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  /** Processes begin at different places, since a port that was given is not yet taken. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 64 % COUNT));

  private FreePorts() {}

  /** A free port of 127.0.0.1. */
  public static int next() {
    return at(List.of(InetAddress.getLoopbackAddress()));
  }

  /** A port that is free at every one of these loopback addresses. */
  public static int at(List<InetAddress> addresses) {
    return IntStream.generate(() -> FIRST + NEXT.getAndUpdate(n -> (n + 1) % COUNT))
        .limit(COUNT)
        .filter(port -> addresses.stream().allMatch(address -> isFree(address, port)))
        .findFirst()
        .orElseThrow(
            () ->
                new LocalPostgresException(
                    "No free port from %d to %d.".formatted(FIRST, FIRST + COUNT - 1)));
  }

  private static boolean isFree(InetAddress address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
