package io.ilteo.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  @Test
  void aLargeLogTakesThePlaceOfTheOneBefore() throws IOException {
    Path log = folder.resolve("tuner.log");
    Files.writeString(folder.resolve("tuner.log.1"), "old");
    try (RandomAccessFile large = new RandomAccessFile(log.toFile(), "rw")) {
      large.setLength((16L << 20) + 1);
    }
    new LogFile(log).rotate();
    assertThat(log).doesNotExist();
    assertThat(Files.size(folder.resolve("tuner.log.1"))).isEqualTo((16L << 20) + 1);
  }

  @Test
  void aSmallOrMissingLogStaysAsItIs() throws IOException {
    Path log = folder.resolve("tuner.log");
    new LogFile(log).rotate();
    Files.writeString(log, "one line");
    new LogFile(log).rotate();
    assertThat(log).hasContent("one line");
    assertThat(folder.resolve("tuner.log.1")).doesNotExist();
  }
}
