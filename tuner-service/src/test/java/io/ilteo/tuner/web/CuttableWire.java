package io.ilteo.tuner.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of its own that leads to a server, and can be cut: then the server is away for whoever
 * comes by it, until the wire is mended.
 */
final class CuttableWire implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final int server;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean whole = true;

  CuttableWire(int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Ends every connection, and each new one at once. */
  void cut() throws IOException {
    whole = false;
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  void mend() {
    whole = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        if (whole) {
          Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
          sockets.add(upstream);
          pump(client, upstream);
          pump(upstream, client);
        } else {
          client.close();
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void pump(Socket from, Socket to) {
    Thread.startVirtualThread(
        () -> {
          try (from;
              to) {
            from.getInputStream().transferTo(to.getOutputStream());
          } catch (IOException cut) {
            // Both ends learn it by the sockets' closing.
          }
        });
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
