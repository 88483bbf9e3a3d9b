package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.endtoend.Installation.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with an installation of its own, of which nothing is left running. */
abstract class InstalledPlatform {
  @TempDir Path home;
  Installation ilteo;

  @BeforeEach
  void install() {
    ilteo = new Installation(home);
  }

  @AfterEach
  void leaveNothingRunning() throws Exception {
    ilteo.close();
    Result status = ilteo.run("status", "--json");
    assertThat(status.exitCode()).isEqualTo(5);
    assertThat(status.json()).allMatch(part -> part.path("pid").asLong() == 0);
  }
}
