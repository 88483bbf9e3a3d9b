package io.ilteo.localpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Server processes that outlive their killed postmaster.
 *
 * <p>They end by themselves once they look up from their work, but one in a long computation may
 * not look up for hours, and no new server may touch the data until the last is gone.
 */
final class Orphans {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private Orphans() {}

  /** Returns once no process works on {@code data} any more. No postmaster may run there. */
  static void end(Path data) {
    for (ProcessHandle orphan : workingIn(data)) {
      CompletableFuture<ProcessHandle> end = orphan.onExit();
      if (!endsWithin(end)) {
        // Nothing is lost: what was committed is in the write-ahead log.
        orphan.destroyForcibly();
        end.join();
      }
    }
  }

  /** Every process of PostgreSQL has its data directory as its working directory. */
  private static List<ProcessHandle> workingIn(Path data) {
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      return processes.filter(process -> worksIn(process, data)).toList();
    }
  }

  private static boolean worksIn(ProcessHandle process, Path data) {
    Path entry = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.readSymbolicLink(entry.resolve("cwd")).equals(data.toRealPath())
          && Files.readString(entry.resolve("cmdline")).startsWith("postgres:");
    } catch (IOException goneOrNotOurs) {
      return false;
    }
  }

  private static boolean endsWithin(CompletableFuture<ProcessHandle> end) {
    try {
      end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException busy) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LocalPostgresException(
          "Interrupted while waiting for a killed PostgreSQL.", interrupted);
    } catch (ExecutionException failure) {
      throw new LocalPostgresException("Cannot wait for a killed PostgreSQL.", failure);
    }
  }
}
