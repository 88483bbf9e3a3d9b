package io.ilteo.cli.platform;

import io.ilteo.localpostgres.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A platform of its own, on free ports in a temporary folder; nothing is left of it. */
public final class TemporaryPlatform implements AutoCloseable {
  private static final int PREFIX = "port.".length();

  private final Path folder;
  private final Platform platform;
  private final Cleanup cleanup = new Cleanup(this::leaveNothing);

  private TemporaryPlatform(Path folder, Path projectRoot) {
    this.folder = folder;
    platform = new Platform(freeHome(folder, projectRoot));
  }

  /** A home in {@code folder} whose ports are free now. */
  static Home freeHome(Path folder, Path projectRoot) {
    Home home = Home.at(folder, projectRoot);
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (PlatformPort port : PlatformPort.values()) {
      ports.put(port.property().substring(PREFIX), FreePorts.next());
    }
    home.keepPorts(ports);
    return home;
  }

  /** Starts one from the project's build. */
  public static TemporaryPlatform start(Path projectRoot) throws IOException {
    TemporaryPlatform temporary =
        new TemporaryPlatform(Files.createTempDirectory("ilteo-platform"), projectRoot);
    try {
      temporary.platform.up(step -> {});
      return temporary;
    } catch (PlatformException failure) {
      temporary.close();
      throw failure;
    }
  }

  /** Where its services listen, as variables {@code ILTEO_WAGE_GRPC} and so on. */
  public Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    Arrays.stream(Service.values())
        .forEach(
            service ->
                addresses.put(
                    "ILTEO_" + service.id().toUpperCase(Locale.ROOT) + "_GRPC",
                    platform.address(service)));
    return addresses;
  }

  private void leaveNothing() throws IOException {
    platform.down();
    delete(folder);
  }

  @Override
  public void close() throws IOException {
    cleanup.close();
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
