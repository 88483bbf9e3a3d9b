package io.ilteo.localpostgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Runs a PostgreSQL program to its end.
 *
 * <p>PostgreSQL refuses to run as root. Root therefore runs it in a user namespace of its own
 * ({@code unshare --user}), where it is nobody but keeps root's files.
 */
final class Command {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private Command() {}

  /** What a program printed and how it ended. */
  record Result(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }

    /** The line that says why it failed: the last that speaks of an error, else the last. */
    String reason() {
      List<String> lines = output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
      return lines.reversed().stream()
          .filter(line -> line.contains("error:") || line.contains("FATAL"))
          .findFirst()
          .orElse(lines.isEmpty() ? "exit code " + exitCode : lines.getLast());
    }
  }

  static Result run(Path program, String... arguments) {
    List<String> line = new ArrayList<>();
    if (isRoot()) {
      line.addAll(List.of("unshare", "--user", "--"));
    }
    line.add(program.toString());
    line.addAll(List.of(arguments));
    // Output goes to a file: a daemon that a program leaves behind would keep a pipe open.
    Path output = null;
    try {
      output =
          Files.createTempFile(
              "ilteo-pg",
              ".out",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
      builder.redirectOutput(output.toFile());
      builder.environment().put("LC_ALL", "C");
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      Process process = builder.start();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new LocalPostgresException(
            program.getFileName() + " did not end within " + LIMIT.toSeconds() + " s.");
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new LocalPostgresException(
          "Cannot run " + program + ": " + failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LocalPostgresException("Interrupted while running " + program, interrupted);
    } finally {
      deleteQuietly(output);
    }
  }

  private static boolean isRoot() {
    try {
      return Objects.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"), 0);
    } catch (IOException | UnsupportedOperationException unknown) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  private static void deleteQuietly(@org.jspecify.annotations.Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException leftBehind) {
      file.toFile().deleteOnExit();
    }
  }
}
