package io.ilteo.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a process by pid and start time, so that a stranger who got the pid later is never
 * mistaken for it.
 */
record PidFile(Path file) {

  void write(ProcessHandle process) {
    try {
      Files.writeString(file, process.pid() + " " + startMillis(process) + "\n");
    } catch (IOException failure) {
      throw new PlatformException("Cannot write " + file + ": " + failure.getMessage());
    }
  }

  /** The process, if it is alive and still the one that was written. */
  Optional<ProcessHandle> process() {
    try {
      List<String> words = List.of(Files.readString(file).strip().split(" ", -1));
      long pid = Long.parseLong(words.getFirst());
      long started = Long.parseLong(words.getLast());
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .filter(process -> startMillis(process) == started);
    } catch (IOException | NumberFormatException noProcess) {
      return Optional.empty();
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new PlatformException("Cannot delete " + file + ": " + failure.getMessage());
    }
  }

  private static long startMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
