package io.ilteo.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An overlay as {@code kubectl kustomize} renders it. */
record Overlay(String name, List<ObjectNode> objects) {
  static final Path DEPLOY = Path.of("").toAbsolutePath();
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Renders an overlay; where there is no kubectl the test says so and is skipped. */
  static Overlay render(String name) throws IOException, InterruptedException {
    assumeTrue(hasKubectl(), "skipped: no kubectl on the PATH to render the overlays with");
    Path out = Files.createTempFile("overlay", ".yaml");
    Path err = Files.createTempFile("overlay", ".err");
    try {
      Process process =
          new ProcessBuilder(
                  "kubectl",
                  "kustomize",
                  DEPLOY.resolve("kubernetes/overlays").resolve(name).toString())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(name + " does not render: " + Files.readString(err));
      }
      return new Overlay(name, documents(out));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static boolean hasKubectl() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }

  /** The documents of a YAML file. */
  static List<ObjectNode> documents(Path file) throws IOException {
    try (MappingIterator<ObjectNode> documents =
        YAML.readerFor(ObjectNode.class).readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  /** The objects of a kind. */
  List<ObjectNode> all(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  /** The pod templates of everything that runs pods. */
  List<JsonNode> podSpecs() {
    return Stream.of("Deployment", "StatefulSet")
        .flatMap(kind -> all(kind).stream())
        .map(object -> object.at("/spec/template/spec"))
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
