package io.ilteo.cli.chaos;

import io.ilteo.cli.platform.Pause;
import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.Replica;
import io.ilteo.cli.platform.ServiceProcess;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One replica of the fleet, with the wires that lead to it and from it to PostgreSQL. */
final class Member {
  private final Replica replica;
  private final ServiceProcess process;
  private final Map<String, String> environment;
  private final TcpProxy database;
  private final Optional<TcpProxy> wire;
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile boolean heldDown;
  private boolean started;
  private boolean served;
  private int gaveUp;
  private int fellOver;

  /**
   * A member, not started.
   *
   * @param database its way to PostgreSQL
   * @param wire the tuners' way to it, if it is a model service
   */
  Member(
      Replica replica,
      ServiceProcess process,
      Map<String, String> environment,
      TcpProxy database,
      Optional<TcpProxy> wire) {
    this.replica = replica;
    this.process = process;
    this.environment = environment;
    this.database = database;
    this.wire = wire;
  }

  Replica replica() {
    return replica;
  }

  TcpProxy database() {
    return database;
  }

  Optional<TcpProxy> wire() {
    return wire;
  }

  /** Reserves it for one fault; false if another has it. */
  boolean take() {
    return taken.compareAndSet(false, true);
  }

  void release() {
    taken.set(false);
  }

  /**
   * Starts its process if it does not run, as Kubernetes would; returns whether it had to.
   *
   * <p>A process may give up while it starts, for want of a database. One that ran must not end by
   * itself. Both are counted.
   */
  synchronized boolean ensureRunning() {
    if (heldDown) {
      return false;
    }
    if (process.process().isPresent()) {
      served = served || process.serves();
      return false;
    }
    if (started && served) {
      fellOver++;
    } else if (started) {
      gaveUp++;
    }
    started = true;
    served = false;
    process.start(environment);
    return true;
  }

  void awaitReady() {
    process.awaitReady();
  }

  boolean serves() {
    return process.serves();
  }

  /** Without a warning; it stays down until {@link #letUp}. */
  synchronized void kill() {
    heldDown = true;
    process
        .process()
        .ifPresent(
            running -> {
              running.destroyForcibly();
              running.onExit().join();
            });
  }

  /** Lets the next {@link #ensureRunning} start it. */
  synchronized void letUp() {
    if (heldDown) {
      heldDown = false;
      started = false;
    }
  }

  void pause() {
    signal("STOP");
  }

  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    Optional<ProcessHandle> running = process.process();
    if (running.isEmpty()) {
      return;
    }
    try {
      // A pid that has gone meanwhile is no failure.
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + running.get().pid() + " 2>/dev/null")
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException failure) {
      throw new PlatformException("Cannot send SIG" + name + ": " + failure.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PlatformException("Interrupted.");
    }
  }

  /** How often it gave up while it started. */
  synchronized int gaveUp() {
    return gaveUp;
  }

  /** How often it ended, although nobody killed it, after it had served. */
  synchronized int fellOver() {
    return fellOver;
  }

  /** Its end, as a rolling update would ask for it. */
  void stop() {
    synchronized (this) {
      heldDown = true;
    }
    resume();
    process.stop();
  }

  /** Waits until it serves, starting it as often as that takes; false if it never does. */
  boolean recover(long limitMillis) {
    letUp();
    resume();
    long end = System.nanoTime() + limitMillis * 1_000_000;
    while (!process.serves()) {
      if (System.nanoTime() > end) {
        return false;
      }
      ensureRunning();
      Pause.millis(200);
    }
    return true;
  }
}
