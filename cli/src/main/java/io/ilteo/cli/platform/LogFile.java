package io.ilteo.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A log that a process appends to for as long as it lives, and the one before it. */
record LogFile(Path file) {
  private static final long MAX_BYTES = 16L << 20;

  /**
   * Makes room before a process starts: a log that has grown large becomes {@code ….1}, in the
   * place of the one that had that name.
   */
  void rotate() {
    try {
      if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException failure) {
      throw new PlatformException("Cannot rotate " + file + ": " + failure.getMessage());
    }
  }
}
