package io.ilteo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ilteo.cli.client.Services;
import io.ilteo.cli.platform.Home;
import io.ilteo.cli.platform.Platform;
import io.ilteo.cli.platform.Platform.PartStatus;
import io.ilteo.cli.platform.PlatformPort;
import io.ilteo.proto.tuner.v1.ListMeasurementsRequest;
import io.ilteo.proto.tuner.v1.ListTrialsRequest;
import io.ilteo.proto.tuner.v1.Trial;
import io.ilteo.proto.tuner.v1.TrialState;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform as a person runs it: real processes, real PostgreSQL, real training. */
class PlatformIT {
  private static final int TRIALS = 3;

  @TempDir Path folder;
  private Home home;

  @BeforeEach
  void chooseFreePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    StringBuilder config = new StringBuilder();
    for (PlatformPort port : PlatformPort.values()) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(socket);
      String name = port.name().toLowerCase(Locale.ROOT).replace('_', '.');
      config.append("port.%s=%d%n".formatted(name, socket.getLocalPort()));
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    Files.writeString(folder.resolve("config.properties"), config);
    home = Home.at(folder, Path.of(System.getProperty("ilteo.root")));
  }

  @AfterEach
  void down() {
    new Platform(home).down();
  }

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void aRunSurvivesKilledProcessesWithExactlyItsBudgetOfTrials() throws Exception {
    Process run =
        ilteo("run", "--json", "--persons", "300", "--trials", "" + TRIALS, "--max-epochs", "3");
    CompletableFuture<String> result =
        CompletableFuture.supplyAsync(() -> readAll(run.inputReader(StandardCharsets.UTF_8)));
    BufferedReader story = run.errorReader(StandardCharsets.UTF_8);
    awaitLine(story, "wage ");
    CompletableFuture<String> rest = CompletableFuture.supplyAsync(() -> readAll(story));

    List<ProcessHandle> killed = List.of(kill("wage-service"), kill("postgresql"));
    assertThat(ilteo("up").waitFor()).isZero();

    assertThat(run.waitFor()).as("run said: %s", rest.get()).isZero();
    JsonNode told = new ObjectMapper().readTree(result.get());
    assertThat(Path.of(told.get("report").asText())).isNotEmptyFile();
    assertThat(told.get("studies")).hasSize(2);
    for (JsonNode study : told.get("studies")) {
      assertThat(study.get("baselines").size()).isPositive();
      assertEachTrialFinishedOnceWithEpochs(study.get("study").asText());
    }
    assertThat(killed).noneMatch(ProcessHandle::isAlive);

    List<Long> pids = new Platform(home).status().stream().map(PartStatus::pid).toList();
    assertThat(ilteo("down").waitFor()).isZero();
    assertThat(pids).hasSize(4).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
    assertThat(ilteo("status").waitFor()).isEqualTo(5);
  }

  private void assertEachTrialFinishedOnceWithEpochs(String study) {
    try (Services services = Services.of(new Platform(home))) {
      List<Trial> trials =
          services
              .trials()
              .listTrials(ListTrialsRequest.newBuilder().setStudy(study).build())
              .getTrialsList();
      assertThat(trials)
          .filteredOn(
              trial ->
                  trial.getState() == TrialState.TRIAL_STATE_COMPLETED
                      || trial.getState() == TrialState.TRIAL_STATE_PRUNED)
          .hasSize(TRIALS)
          .allSatisfy(
              trial ->
                  assertThat(
                          services
                              .trials()
                              .listMeasurements(
                                  ListMeasurementsRequest.newBuilder()
                                      .setTrial(trial.getName())
                                      .build())
                              .getMeasurementsCount())
                      .isPositive());
    }
  }

  private ProcessHandle kill(String part) {
    ProcessHandle process =
        new Platform(home)
            .status().stream()
                .filter(status -> status.name().equals(part))
                .findFirst()
                .flatMap(status -> ProcessHandle.of(status.pid()))
                .orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    return process;
  }

  private Process ilteo(String... arguments) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dilteo.root=" + home.projectRoot(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("ILTEO_HOME", folder.toString());
    if (!arguments[0].equals("run")) {
      builder.inheritIO();
    }
    return builder.start();
  }

  private static void awaitLine(BufferedReader lines, String start) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      seen.append(line).append('\n');
      if (line.startsWith(start)) {
        return;
      }
    }
    throw new AssertionError("no line starts with \"" + start + "\" in:\n" + seen);
  }

  private static String readAll(BufferedReader reader) {
    return String.join("\n", reader.lines().toList());
  }
}
