package io.ilteo.cli.platform;

import io.ilteo.localpostgres.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Two tuner replicas on one PostgreSQL, without model services, on free ports in a temporary
 * folder; nothing is left of them.
 */
public final class TemporaryTuners implements AutoCloseable {
  private final Path folder;
  private final Platform platform;
  private final Replica replica;
  private final ServiceProcess second;
  private final Cleanup cleanup = new Cleanup(this::leaveNothing);

  private TemporaryTuners(Path folder, Path projectRoot) {
    this.folder = folder;
    Home home = TemporaryPlatform.freeHome(folder, projectRoot);
    platform = new Platform(home, List.of(Service.TUNER));
    replica = new Replica(Service.TUNER, "tuner-2", FreePorts.next(), FreePorts.next());
    second = new ServiceProcess(home, replica);
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
    second.start(platform.environment(replica));
    second.awaitReady();
  }

  /** Where they listen, as a variable {@code ILTEO_TUNER_GRPC}, by commas. */
  public Map<String, String> addresses() {
    return Map.of("ILTEO_TUNER_GRPC", platform.address(Service.TUNER) + "," + second.address());
  }

  private void leaveNothing() throws IOException {
    second.stop();
    platform.down();
    TemporaryPlatform.delete(folder);
  }

  @Override
  public void close() throws IOException {
    cleanup.close();
  }
}
