package io.ilteo.cli.platform;

import java.io.IOException;

/**
 * What is to be done once something temporary is not needed any more; done as well if the process
 * is told to end before that. Services have sessions of their own and would outlive a Ctrl-C.
 */
public final class Cleanup implements AutoCloseable {
  private final Work work;
  private final Thread atExit = new Thread(this::finish, "cleanup");
  private boolean done;

  /** Work that may fail for reasons of the file system. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  /** Promises to do {@code work}, once. */
  public Cleanup(Work work) {
    this.work = work;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // The process ends and the hook runs, or will.
    }
    once();
  }

  private synchronized void once() throws IOException {
    if (!done) {
      done = true;
      work.run();
    }
  }

  private void finish() {
    try {
      once();
    } catch (IOException failure) {
      System.err.println("Something temporary is left: " + failure.getMessage());
    }
  }
}
