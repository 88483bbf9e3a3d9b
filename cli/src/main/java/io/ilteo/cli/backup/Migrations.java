package io.ilteo.cli.backup;

import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.Service;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The migrations that this build of the services knows, as they run them themselves: a restored
 * schema is made by the same scripts that made the one that was backed up.
 */
final class Migrations implements AutoCloseable {
  /** Flyway's own table in each schema, and that of the API tokens. */
  static final List<String> HISTORIES = List.of("flyway_schema_history", "security_schema_history");

  private final Map<String, ClassLoader> scripts;
  private final Map<String, String> locations;

  /**
   * Migrations from wherever they lie.
   *
   * @param scripts by schema, where its scripts are found
   * @param locations by schema, the folder of its own scripts
   */
  Migrations(Map<String, ClassLoader> scripts, Map<String, String> locations) {
    this.scripts = Map.copyOf(scripts);
    this.locations = Map.copyOf(locations);
  }

  /** Those in the built services of this project. */
  static Migrations ofBuild(Path projectRoot) throws IOException {
    Map<String, ClassLoader> scripts = new LinkedHashMap<>();
    Map<String, String> locations = new LinkedHashMap<>();
    for (Service service : Service.values()) {
      Path application = projectRoot.resolve(service.id() + "-service/target/quarkus-app");
      List<URL> jars = new ArrayList<>();
      for (Path folder : List.of(application.resolve("app"), application.resolve("lib/main"))) {
        if (!Files.isDirectory(folder)) {
          throw new PlatformException("Not built: " + folder + " is missing.");
        }
        try (Stream<Path> files = Files.list(folder)) {
          for (Path jar : files.filter(Migrations::mayHoldScripts).toList()) {
            jars.add(jar.toUri().toURL());
          }
        }
      }
      scripts.put(service.id(), new URLClassLoader(jars.toArray(URL[]::new)));
      locations.put(service.id(), service == Service.TUNER ? "db/tuner" : "db/model-kit");
    }
    return new Migrations(scripts, locations);
  }

  private static boolean mayHoldScripts(Path jar) {
    String name = jar.getFileName().toString();
    return name.startsWith("io.ilteo.") || name.contains("-service-");
  }

  /** Newest version that this build knows of a history; empty if it knows none. */
  Optional<MigrationVersion> newest(Target target, String history) {
    return Arrays.stream(flyway(target, history, MigrationVersion.LATEST).info().all())
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(MigrationVersion::compareTo);
  }

  /** Brings a history to a version. */
  void migrate(Target target, String history, MigrationVersion version) {
    try {
      flyway(target, history, version).migrate();
    } catch (FlywayException failure) {
      throw new PlatformException(
          "schema %s cannot be brought to version %s: %s"
              .formatted(
                  target.schema(),
                  version,
                  String.valueOf(failure.getMessage()).lines().findFirst().orElse("")));
    }
  }

  private Flyway flyway(Target target, String history, MigrationVersion version) {
    boolean tokens = history.equals(HISTORIES.getLast());
    String location =
        tokens ? "db/security" : Objects.requireNonNull(locations.get(target.schema()));
    FluentConfiguration configuration =
        Flyway.configure(Objects.requireNonNull(scripts.get(target.schema())))
            .dataSource(target.url(), target.schema(), target.password())
            .schemas(target.schema())
            .locations("classpath:" + location)
            .table(history)
            .target(version);
    // As the services do it: tokens share a schema that others have filled.
    return (tokens ? configuration.baselineOnMigrate(true).baselineVersion("0") : configuration)
        .load();
  }

  @Override
  public void close() throws IOException {
    for (ClassLoader loader : scripts.values()) {
      if (loader instanceof URLClassLoader jars) {
        jars.close();
      }
    }
  }

  /** A schema in a database, and the password of the role that has its name and owns it. */
  record Target(String url, String schema, String password) {
    /** Never the password. */
    @Override
    public String toString() {
      return schema + " in " + url;
    }
  }
}
