package io.ilteo.cli.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a program of this machine said, run to its end.
 *
 * @param exitCode −1 if it was ended because it took too long
 * @param output standard output and standard error together
 */
public record Tool(int exitCode, String output) {

  /** Runs a program in {@code folder}; its output is kept, not shown. */
  public static Tool run(Path folder, Duration limit, List<String> line)
      throws IOException, InterruptedException {
    return run(folder, limit, line, Map.of());
  }

  /** Runs a program with variables of its environment set. */
  public static Tool run(
      Path folder, Duration limit, List<String> line, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("ilteo-tool", ".txt");
    try {
      ProcessBuilder program =
          new ProcessBuilder(line)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      program.environment().putAll(environment);
      Process process = program.start();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String said = Files.readString(output, StandardCharsets.UTF_8);
      return new Tool(ended ? process.exitValue() : -1, said);
    } finally {
      Files.delete(output);
    }
  }

  /** Whether a program of that name can be run. */
  public static boolean isOnPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** This, if the program did its work; else one line that says what it said. */
  public Tool orFail(String what) {
    if (exitCode != 0) {
      throw new PlatformException(what + " failed: " + lastLine());
    }
    return this;
  }

  /** The last thing it said. */
  public String lastLine() {
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .orElse("it said nothing");
  }
}
