package io.ilteo.localpostgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The unpacked PostgreSQL programs: {@code bin}, {@code lib}, {@code share} under one folder. */
public record PostgresBinaries(Path home) {
  private static final int OWNER_EXECUTE = 0100;
  private static final int MAX_ENTRIES = 20_000;

  /**
   * Unpacks the archive on the class path under {@code parent}, unless that was done before.
   *
   * <p>The folder appears by one rename, so that a killed or concurrent call never leaves half a
   * server behind.
   *
   * @throws LocalPostgresException if there is no archive for this machine, or the disk is full
   */
  public static PostgresBinaries unpackUnder(Path parent) {
    String archive = "postgres-linux-" + architecture() + ".txz";
    Path home = parent.resolve("postgresql-18-" + architecture());
    if (Files.isExecutable(home.resolve("bin/postgres"))) {
      return new PostgresBinaries(home);
    }
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (in == null) {
        throw new LocalPostgresException(
            "No PostgreSQL for this machine (" + archive + "); set ILTEO_DB_URL to one of yours.");
      }
      Files.createDirectories(parent);
      Path fresh = Files.createTempDirectory(parent, "unpacking-");
      try {
        unpack(in, fresh);
        moveInto(fresh, home);
      } finally {
        deleteTree(fresh);
      }
      return new PostgresBinaries(home);
    } catch (IOException failure) {
      throw LocalPostgresException.at(parent, "Cannot unpack PostgreSQL", failure);
    }
  }

  /** The program {@code name}, e.g. {@code pg_ctl}. */
  public Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static String architecture() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (arch) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      default -> arch;
    };
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      int entries = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (++entries > MAX_ENTRIES) {
          throw new IOException("more than " + MAX_ENTRIES + " files in the archive");
        }
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("entry outside the archive: " + entry.getName());
        }
        write(tar, entry, file);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
    boolean executable = (entry.getMode() & OWNER_EXECUTE) != 0;
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static void moveInto(Path fresh, Path home) throws IOException {
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException concurrent) {
      // Somebody else was faster; theirs is as good.
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw concurrent;
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
