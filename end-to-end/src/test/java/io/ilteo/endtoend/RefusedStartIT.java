package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.cli.platform.JvmArguments;
import io.ilteo.localpostgres.FreePorts;
import io.ilteo.localpostgres.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that must not start ends, and its last line says why. */
class RefusedStartIT {
  private static final int REFUSED_TO_START = 2;
  private static final int LIMIT_SECONDS = 60;

  @TempDir Path folder;

  @Test
  void serviceWhoseGrpcPortIsTakenEndsAndSaysWhy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(refusal(Map.of("ILTEO_GRPC_PORT", Integer.toString(taken.getLocalPort()))))
          .startsWith("ilteo: the gRPC server cannot have 127.0.0.1:" + taken.getLocalPort())
          .contains("ILTEO_GRPC_PORT");
    }
  }

  @Test
  void serviceWhoseProbePortIsTakenEndsAndSaysWhy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThat(refusal(Map.of("ILTEO_PROBE_PORT", Integer.toString(taken.getLocalPort()))))
          .startsWith("ilteo: the probe port " + taken.getLocalPort() + " cannot be had")
          .contains("ILTEO_PROBE_PORT");
    }
  }

  @Test
  void serviceThatOthersCouldReachWithoutTlsEndsBeforeItListens() throws Exception {
    assertThat(refusal(Map.of("ILTEO_BIND", "0.0.0.0")))
        .startsWith("ilteo: ")
        .contains("without TLS");
    assertThat(Files.readString(output())).doesNotContain("Started gRPC server");
  }

  private Path output() {
    return folder.resolve("output");
  }

  /** The last line of a tuner in such surroundings. */
  private String refusal(Map<String, String> surroundings)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(JvmArguments.read());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar"));
    line.add(
        Path.of(System.getProperty("ilteo.root", ".."))
            .resolve("tuner-service/target/quarkus-app/quarkus-run.jar")
            .toString());
    Map<String, String> environment = new HashMap<>();
    environment.put("ILTEO_GRPC_PORT", Integer.toString(FreePorts.next()));
    environment.put("ILTEO_HTTP_PORT", Integer.toString(FreePorts.next()));
    for (String variable : TestDatabase.create("tuner").environment()) {
      String[] pair = variable.split("=", 2);
      environment.put(pair[0], pair[1]);
    }
    environment.putAll(surroundings);
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output().toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
      assertThat(process.exitValue()).isEqualTo(REFUSED_TO_START);
      assertThat(output()).content().doesNotContain("\tat ");
      return Files.readAllLines(output()).getLast();
    } finally {
      process.destroyForcibly();
    }
  }
}
