package io.ilteo.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The Compose file keeps the rules that the cluster keeps. */
class ComposeTest {
  @Test
  void servicesAreVersionedLimitedAndLocked() throws IOException {
    Map<String, Object> file =
        new Yaml(new LoaderOptions())
            .load(java.nio.file.Files.readString(Overlay.DEPLOY.resolve("compose/compose.yaml")));
    JsonNode services =
        new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(file).path("services");
    assertThat(services.properties())
        .hasSize(4)
        .allSatisfy(
            service -> {
              JsonNode given = service.getValue();
              assertThat(given.path("image").asText()).matches(".*:[0-9]+\\.[0-9].*");
              assertThat(given.at("/deploy/resources/limits/memory").asText()).isNotBlank();
              assertThat(given.toString()).doesNotContainPattern("PASSWORD\":\"[^$/]");
            });
    for (String name : List.of("tuner", "wage", "satisfaction")) {
      JsonNode service = services.path(name);
      assertThat(service.path("read_only").asBoolean()).isTrue();
      assertThat(service.path("user").asText()).isEqualTo("10001:10001");
      assertThat(service.at("/cap_drop/0").asText()).isEqualTo("ALL");
      assertThat(service.at("/environment/ILTEO_TLS_KEY").asText()).isNotBlank();
      service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }
  }
}
