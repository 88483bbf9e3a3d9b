package io.ilteo.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
  @TempDir Path folder;

  @Test
  void portsHaveDefaultsThatTheConfigurationOverrides() throws IOException {
    Files.writeString(folder.resolve("config.properties"), "port.tuner.http=18080\n");
    Home home = Home.at(folder, folder);
    assertThat(home.port(PlatformPort.TUNER_HTTP)).isEqualTo(18_080);
    assertThat(home.port(PlatformPort.WAGE_GRPC)).isEqualTo(9_001);
  }

  @Test
  void theEnvironmentIsForTheUsersPlatformAndNotForThoseBesideIt() throws IOException {
    Files.writeString(folder.resolve("config.properties"), "port.tuner.http=18080\n");
    Map<String, String> environment = Map.of("ILTEO_PORT_TUNER_HTTP", "28080");
    assertThat(Home.of(folder, folder, environment).port(PlatformPort.TUNER_HTTP))
        .isEqualTo(28_080);
    assertThat(Home.at(folder, folder).port(PlatformPort.TUNER_HTTP)).isEqualTo(18_080);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "http", ""})
  void aPortOutOfRangeIsNamedWithWhatWouldBeAccepted(String value) throws IOException {
    Files.writeString(folder.resolve("config.properties"), "port.tuner.http=" + value + "\n");
    assertThatThrownBy(() -> Home.at(folder, folder).port(PlatformPort.TUNER_HTTP))
        .isInstanceOf(PlatformException.class)
        .hasMessage("port.tuner.http is \"" + value + "\"; a port is a number from 1 to 65535.");
  }

  @Test
  void portsGivenOnceAreKept() throws IOException {
    Files.writeString(folder.resolve("config.properties"), "port.wage.grpc=19001\n");
    Home.at(folder, folder).keepPorts(Map.of("tuner.http", 18_080));
    Home again = Home.at(folder, folder);
    assertThat(again.port(PlatformPort.TUNER_HTTP)).isEqualTo(18_080);
    assertThat(again.port(PlatformPort.WAGE_GRPC)).isEqualTo(19_001);
  }

  @Test
  void aPortOfNothingIsRefusedWithTheNamesThereAre() {
    assertThatThrownBy(() -> Home.at(folder, folder).keepPorts(Map.of("tuner", 1)))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("no port \"tuner\"")
        .hasMessageContaining("tuner.http");
  }
}
