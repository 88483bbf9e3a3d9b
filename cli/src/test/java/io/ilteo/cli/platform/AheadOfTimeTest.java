package io.ilteo.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AheadOfTimeTest {
  @TempDir Path folder;

  @Test
  void emptyCacheIsRefusedAndNotKept() throws IOException {
    Path empty = Files.createFile(folder.resolve("tuner.aot"));
    assertThatThrownBy(() -> cache(empty).requireWritten(Service.TUNER))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("tuner-service")
        .hasMessageContaining("tuner.aot");
    assertThat(empty).doesNotExist();
  }

  @Test
  void missingCacheIsRefused() {
    assertThatThrownBy(() -> cache(folder.resolve("wage.aot")).requireWritten(Service.WAGE))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("wage.aot");
  }

  @Test
  void cacheThatWasWrittenStays() throws IOException {
    Path written = Files.writeString(folder.resolve("wage.aot"), "a cache");
    assertThatCode(() -> cache(written).requireWritten(Service.WAGE)).doesNotThrowAnyException();
    assertThat(written).exists();
  }

  private AheadOfTime cache(Path file) {
    return new AheadOfTime(file, folder.resolve("quarkus-run.jar"));
  }
}
