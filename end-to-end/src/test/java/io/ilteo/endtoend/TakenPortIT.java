package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.cli.platform.JvmArguments;
import io.ilteo.localpostgres.PostgresCluster;
import io.ilteo.localpostgres.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A service whose gRPC port another process has. */
class TakenPortIT {
  private static final int REFUSED_TO_START = 2;
  private static final int LIMIT_SECONDS = 60;

  @Test
  void serviceWhoseGrpcPortIsTakenEndsAndSaysWhy() throws Exception {
    TestDatabase database = TestDatabase.create("tuner");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(JvmArguments.read());
      line.add("-jar");
      line.add(
          Path.of(System.getProperty("ilteo.root", ".."))
              .resolve("tuner-service/target/quarkus-app/quarkus-run.jar")
              .toString());
      Path output = Files.createTempFile("ilteo", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
      for (String variable : database.environment()) {
        String[] pair = variable.split("=", 2);
        builder.environment().put(pair[0], pair[1]);
      }
      builder.environment().put("ILTEO_GRPC_PORT", Integer.toString(taken.getLocalPort()));
      builder.environment().put("ILTEO_HTTP_PORT", Integer.toString(PostgresCluster.freePort()));
      Process process = builder.start();
      try {
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isEqualTo(REFUSED_TO_START);
        assertThat(said).contains("is port " + taken.getLocalPort() + " taken?");
      } finally {
        process.destroyForcibly();
      }
    }
  }
}
