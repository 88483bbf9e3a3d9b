package io.ilteo.cli.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Where the platform keeps its state, and the settings made there.
 *
 * <p>Layout: {@code config.properties}, {@code postgres/}, {@code secrets/}, {@code run/} (pids),
 * {@code logs/}, {@code panels/}, {@code reports/}, {@code cache/} (may be deleted at any time).
 */
public record Home(
    Path folder, Path projectRoot, Properties settings, Map<String, String> environment) {

  /** Finds the home: {@code ILTEO_HOME}, or {@code .ilteo} in the project. */
  public static Home find() {
    Path project = Path.of(System.getProperty("ilteo.root", ".")).toAbsolutePath().normalize();
    String chosen = System.getenv("ILTEO_HOME");
    Path folder = chosen == null || chosen.isBlank() ? project.resolve(".ilteo") : Path.of(chosen);
    return of(folder.toAbsolutePath().normalize(), project, System.getenv());
  }

  /**
   * The home in {@code folder}, of a platform beside the user's own: it has the ports that it was
   * given, and not those that the environment says.
   */
  public static Home at(Path folder, Path projectRoot) {
    return of(folder, projectRoot, Map.of());
  }

  static Home of(Path folder, Path projectRoot, Map<String, String> environment) {
    Properties settings = new Properties();
    Path file = folder.resolve("config.properties");
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        settings.load(in);
      } catch (IOException failure) {
        throw new PlatformException("Cannot read " + file + ": " + failure.getMessage());
      }
    }
    return new Home(folder, projectRoot, settings, environment);
  }

  /** A folder of the home, made if it is missing. */
  public Path subfolder(String name) {
    Path path = folder.resolve(name);
    try {
      return Files.createDirectories(path);
    } catch (IOException failure) {
      throw new PlatformException("Cannot create " + path + ": " + reason(failure));
    }
  }

  /**
   * The port called {@code name}: {@code ILTEO_PORT_…}, {@code port.…} in the config, or a default.
   */
  public int port(PlatformPort port) {
    String value =
        Objects.requireNonNullElse(
            environment.get(port.environmentVariable()),
            settings.getProperty(port.property(), Integer.toString(port.defaultPort())));
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= 1 && number <= 65_535) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, with the same words as for a number out of range.
    }
    throw new PlatformException(
        port.property() + " is \"" + value + "\"; a port is a number from 1 to 65535.");
  }

  /**
   * Writes ports into {@code config.properties}, so that every later command finds them.
   *
   * @param ports by the name that stands in the config after {@code port.}, e.g. {@code tuner.http}
   */
  public void keepPorts(Map<String, Integer> ports) {
    List<String> known = Arrays.stream(PlatformPort.values()).map(PlatformPort::property).toList();
    for (Map.Entry<String, Integer> port : ports.entrySet()) {
      String property = "port." + port.getKey();
      if (!known.contains(property)) {
        throw new PlatformException(
            "There is no port \"%s\"; there are %s."
                .formatted(
                    port.getKey(),
                    String.join(", ", known.stream().map(name -> name.substring(5)).toList())));
      }
      settings.setProperty(property, port.getValue().toString());
    }
    Path file = folder.resolve("config.properties");
    try {
      Files.createDirectories(folder);
      try (OutputStream out = Files.newOutputStream(file)) {
        settings.store(out, "Settings of this platform; ./ilteo up --help tells which there are.");
      }
    } catch (IOException failure) {
      throw new PlatformException("Cannot write " + file + ": " + reason(failure));
    }
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
