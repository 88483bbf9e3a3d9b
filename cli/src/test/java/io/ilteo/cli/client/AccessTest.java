package io.ilteo.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.cli.platform.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  @TempDir Path folder;

  private Home home(String... settings) throws IOException {
    Files.writeString(folder.resolve("config.properties"), String.join("\n", settings));
    return Home.at(folder, folder);
  }

  @Test
  void aServerOfAnotherPlatformIsElsewhereWhereverItIsNamed() throws IOException {
    assertThat(Access.elsewhere(home("server.wage=wage.example.com:443"), Map.of()))
        .contains("server.wage is wage.example.com:443");
    assertThat(Access.elsewhere(home(), Map.of("ILTEO_SERVER_TUNER", "tuner.example.com:9000")))
        .contains("ILTEO_SERVER_TUNER is tuner.example.com:9000");
    assertThat(Access.elsewhere(home(), Map.of("ILTEO_SERVER_TUNER", "127.0.0.1:9999")))
        .as("another platform on this machine")
        .isPresent();
  }

  @Test
  void thisHomesOwnAddressesAreNotElsewhere() throws IOException {
    assertThat(Access.elsewhere(home(), Map.of())).isEmpty();
    assertThat(Access.elsewhere(home(), Map.of("ILTEO_SERVER_TUNER", " "))).isEmpty();
    assertThat(
            Access.elsewhere(
                home("port.tuner.grpc=19000", "server.tuner=127.0.0.1:19000"), Map.of()))
        .isEmpty();
  }
}
