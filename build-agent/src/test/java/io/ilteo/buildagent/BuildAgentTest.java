package io.ilteo.buildagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with Quarkus's own builder, in JVMs of their own. */
class BuildAgentTest {
  @TempDir Path folder;

  @Test
  void buildsComeOutTheSame() throws Exception {
    Path agent = agent();
    List<String> options =
        List.of("-javaagent:" + agent, "-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2");
    String first = build(options);
    assertThat(first).contains("one thread").contains("39");
    assertThat(build(options)).isEqualTo(first);
    assertThat(build(options)).isEqualTo(first);
  }

  @Test
  void withoutTheAgentStepsRunInManyThreads() throws Exception {
    assertThat(build(List.of())).doesNotContain("one thread").contains("39");
  }

  private String build(List<String> options) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    line.addAll(options);
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(SmallBuild.class.getName());
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    int exitCode = process.waitFor();
    String output = Files.readString(said, StandardCharsets.UTF_8);
    assertThat(exitCode).as(output).isZero();
    // What the JVM or a logger warns of is not what was built.
    return String.join("\n", output.lines().filter(l -> l.matches("\\[.*]|.*thread.*")).toList());
  }

  /** The jar as Maven makes it of the classes under test. */
  private Path agent() throws Exception {
    Path jar = folder.resolve("build-agent.jar");
    Path classes =
        Path.of(BuildAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (InputStream text = Files.newInputStream(Path.of("src/main/manifest/MANIFEST.MF"));
        OutputStream file = Files.newOutputStream(jar)) {
      Manifest manifest = new Manifest(text);
      manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
      try (JarOutputStream out = new JarOutputStream(file, manifest)) {
        for (Class<?> type : List.of(BuildAgent.class, Steps.class, Rewriting.class)) {
          String entry = type.getName().replace('.', '/') + ".class";
          out.putNextEntry(new ZipEntry(entry));
          Files.copy(classes.resolve(entry), out);
          out.closeEntry();
        }
      }
    }
    return jar;
  }
}
