package io.ilteo.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
  @TempDir Path folder;

  @Test
  void findsTheProcessThatWasWritten() {
    PidFile file = new PidFile(folder.resolve("wage.pid"));
    file.write(ProcessHandle.current());
    assertThat(file.process()).contains(ProcessHandle.current());
  }

  @Test
  void aPidThatWasGivenToAStrangerIsNotOurs() throws IOException {
    Path path = folder.resolve("wage.pid");
    Files.writeString(path, ProcessHandle.current().pid() + " 946684800000\n");
    assertThat(new PidFile(path).process()).isEmpty();
  }

  @Test
  void aFileCutShortMeansNoProcess() throws IOException {
    Path path = Files.writeString(folder.resolve("wage.pid"), "");
    assertThat(new PidFile(path).process()).isEmpty();
    assertThat(new PidFile(folder.resolve("absent.pid")).process()).isEmpty();
  }
}
