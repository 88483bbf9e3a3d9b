package io.ilteo.cli.chaos;

import io.ilteo.cli.platform.PlatformException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * Ports that servers can come back to after they were killed: below those that Linux gives to
 * clients, each given once.
 */
final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private int next = FIRST + (int) (ProcessHandle.current().pid() * 64 % (LAST - FIRST));

  /** A port that is free at every one of these loopback addresses. */
  synchronized int at(List<InetAddress> addresses) {
    for (int tries = FIRST; tries < LAST; tries++) {
      next = next >= LAST ? FIRST : next + 1;
      int port = next;
      if (addresses.stream().allMatch(address -> isFree(address, port))) {
        return port;
      }
    }
    throw new PlatformException("No free port from %d to %d.".formatted(FIRST, LAST));
  }

  /** A free port of 127.0.0.1. */
  int next() {
    return at(List.of(InetAddress.getLoopbackAddress()));
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
