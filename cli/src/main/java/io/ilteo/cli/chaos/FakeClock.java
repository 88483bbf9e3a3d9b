package io.ilteo.cli.chaos;

import io.ilteo.cli.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of one process, set from outside by libfaketime; its monotonic clock goes on. The
 * services know nothing of it.
 *
 * @param library libfaketime, as its package installs it
 * @param offset file that says how far off the clock is; read again every second
 */
record FakeClock(Path library, Path offset) {
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

  /** A clock that is right so far; empty where libfaketime is not installed. */
  static Optional<FakeClock> in(Path folder) {
    Optional<FakeClock> clock =
        PLACES.stream()
            .filter(Files::isRegularFile)
            .findFirst()
            .map(library -> new FakeClock(library, folder.resolve("clock-offset")));
    clock.ifPresent(made -> made.set(0));
    return clock;
  }

  /** Makes the clock so many seconds wrong. */
  void set(long seconds) {
    try {
      Path part = offset.resolveSibling("clock-offset.part");
      Files.writeString(part, (seconds < 0 ? "" : "+") + seconds + "\n");
      Files.move(part, offset, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new PlatformException("Cannot write " + offset + ": " + failure.getMessage());
    }
  }

  /** What a process needs to be fooled. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("LD_PRELOAD", library.toString());
    environment.put("FAKETIME_TIMESTAMP_FILE", offset.toString());
    environment.put("FAKETIME_CACHE_DURATION", "1");
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    return environment;
  }
}
