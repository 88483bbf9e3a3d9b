package io.ilteo.cli.chaos;

import io.ilteo.cli.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire that can be cut: passes bytes between clients and one server on loopback, late, or no
 * more, or until it resets the connections.
 */
final class TcpProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 << 10;
  private static final int BACKLOG = 128;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);
  private static final long ACCEPT_PAUSE_NANOS = 10_000_000;

  /** Connections at a time; more are closed at once. */
  private static final int MAX_LINKS = 1_000;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Executor threads;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Semaphore free = new Semaphore(MAX_LINKS);
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean halfOpen;

  /** Listens at {@code from}; the server is at {@code port} of loopback. */
  TcpProxy(InetSocketAddress from, int port, Executor threads) {
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.threads = threads;
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(from, BACKLOG);
    } catch (IOException failure) {
      throw new PlatformException("Cannot listen at " + from + ": " + failure.getMessage());
    }
    threads.execute(this::accept);
  }

  /** Every chunk of bytes is so much later. */
  void delay(Duration each) {
    delay = each;
  }

  /**
   * Swallows all bytes of the present connections, and of new ones until {@link #heal}: what a
   * vanished router does. Neither side is told, until much later TCP's own keep-alive, which a
   * proxy on one machine has to play, ends what either side has not given up by then.
   */
  void halfOpen() {
    halfOpen = true;
    List<Link> present = List.copyOf(links);
    present.forEach(link -> link.dead = true);
    threads.execute(
        () -> {
          LockSupport.parkNanos(KEEP_ALIVE.toNanos());
          present.forEach(Link::reset);
        });
  }

  /** Ends the present connections with a reset. */
  void reset() {
    links.forEach(Link::reset);
  }

  /** New connections work, and nothing is late. */
  void heal() {
    halfOpen = false;
    delay = Duration.ZERO;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (free.tryAcquire()) {
          threads.execute(() -> connect(client));
        } else {
          client.close();
        }
      } catch (IOException closedOrGone) {
        // A client that went away while it was accepted; or the listener is closed.
        LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    Link link = new Link(client, server);
    try {
      link.dead = halfOpen;
      server.connect(target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      links.add(link);
      threads.execute(() -> link.pump(server, client));
      link.pump(client, server);
    } catch (IOException refused) {
      link.reset();
    } finally {
      free.release();
    }
  }

  /** The two sockets of one connection. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean dead;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void pump(Socket from, Socket to) {
      byte[] buffer = new byte[BUFFER_BYTES];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          Duration late = delay;
          if (!late.isZero()) {
            LockSupport.parkNanos(late.toNanos());
          }
          if (!dead) {
            out.write(buffer, 0, n);
          }
        }
        end(this::close);
      } catch (IOException broken) {
        end(this::reset);
      }
    }

    /** The end of one side is told to the other, unless nothing reaches it any more. */
    private void end(Runnable ending) {
      boolean both = ended.incrementAndGet() == 2;
      if (!dead || both) {
        ending.run();
      }
    }

    void reset() {
      try {
        // Lingering for no time makes close() send RST.
        client.setSoLinger(true, 0);
        server.setSoLinger(true, 0);
      } catch (IOException alreadyClosed) {
        // Closed below all the same.
      }
      close();
    }

    private void close() {
      try (client;
          server) {
        links.remove(this);
      } catch (IOException alreadyClosed) {
        // Nothing is left to close.
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException alreadyClosed) {
      // Nothing is left to close.
    }
    links.forEach(Link::reset);
  }
}
