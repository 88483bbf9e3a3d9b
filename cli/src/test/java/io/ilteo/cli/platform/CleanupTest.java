package io.ilteo.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanupTest {
  /** Waits to be ended, with something to clean up. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) throws Exception {
      try (Cleanup cleanup = new Cleanup(() -> Files.delete(Path.of(arguments[0])))) {
        System.out.println("ready");
        Thread.currentThread().join();
      }
    }
  }

  @Test
  void isDoneOnce() throws IOException {
    List<String> done = new ArrayList<>();
    Cleanup cleanup = new Cleanup(() -> done.add("done"));
    cleanup.close();
    cleanup.close();

    assertThat(done).hasSize(1);
  }

  @Test
  void isDoneByAProcessThatIsTerminated(@TempDir Path folder) throws Exception {
    Path temporary = Files.createFile(folder.resolve("temporary"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName(),
                temporary.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("ready");
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(temporary).doesNotExist();
  }
}
