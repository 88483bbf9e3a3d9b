package io.ilteo.cli.platform;

import io.ilteo.localpostgres.PostgresCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two tuner replicas on one PostgreSQL, without model services, on free ports in a temporary
 * folder; nothing is left of them.
 */
public final class TemporaryTuners implements AutoCloseable {
  private final Path folder;
  private final Platform platform;
  private final ServiceProcess second;

  private TemporaryTuners(Path folder, Path projectRoot) {
    this.folder = folder;
    platform =
        new Platform(TemporaryPlatform.freeHome(folder, projectRoot), List.of(Service.TUNER));
    second =
        new ServiceProcess(
            TemporaryPlatform.freeHome(folder.resolve("second"), projectRoot), Service.TUNER);
  }

  /** Starts them from the project's build. */
  public static TemporaryTuners start(Path projectRoot) throws IOException {
    TemporaryTuners tuners =
        new TemporaryTuners(Files.createTempDirectory("ilteo-tuners"), projectRoot);
    try {
      tuners.start();
      return tuners;
    } catch (PlatformException failure) {
      tuners.close();
      throw failure;
    }
  }

  private void start() {
    platform.up(step -> {});
    Map<String, String> environment = new HashMap<>(platform.environment(Service.TUNER));
    environment.put("ILTEO_GRPC_PORT", second.address().replaceAll(".*:", ""));
    environment.put("ILTEO_HTTP_PORT", Integer.toString(PostgresCluster.freePort()));
    second.start(environment);
    second.awaitReady();
  }

  /** Where they listen, as a variable {@code ILTEO_TUNER_GRPC}, by commas. */
  public Map<String, String> addresses() {
    return Map.of("ILTEO_TUNER_GRPC", platform.address(Service.TUNER) + "," + second.address());
  }

  @Override
  public void close() throws IOException {
    second.stop();
    platform.down();
    TemporaryPlatform.delete(folder);
  }
}
