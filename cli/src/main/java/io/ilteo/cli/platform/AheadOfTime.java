package io.ilteo.cli.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JVM's ahead-of-time cache of a service's build: classes parsed, checked and linked, and what
 * was learned about its methods, from one run to the next (JEP 483, 514, 515).
 *
 * @param file where the cache lies
 * @param jar what it belongs to; the JVM itself checks that each jar is the one it saw
 */
public record AheadOfTime(Path file, Path jar) {
  /** The cache of the build in the project. */
  static AheadOfTime of(Path projectRoot, Service service) {
    Path jar = projectRoot.resolve(service.jar());
    return new AheadOfTime(jar.resolveSibling("../" + service.id() + ".aot").normalize(), jar);
  }

  /** The cache, unless the service was built again since. */
  public Optional<Path> current() {
    try {
      return Files.exists(file)
              && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0
          ? Optional.of(file)
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Options that use a cache; a JVM that cannot use it goes without, silently. */
  public static List<String> using(Path cache) {
    return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off");
  }

  /**
   * Makes the cache from one run of the service.
   *
   * @param java launcher of the runtime that will use the cache
   * @param options those it will run with
   */
  public void make(Path java, List<String> options, Service service, Rehearsal rehearsal)
      throws IOException {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(options);
    line.addAll(List.of("-XX:AOTCacheOutput=" + file, "-Xlog:aot=off", "-Xlog:cds=off"));
    line.addAll(List.of("-jar", jar.toString()));
    try (Rehearsal.Run run = rehearsal.start(service, line)) {
      run.awaitReady();
    }
    requireWritten(service);
  }

  /**
   * A JVM that fails to write its cache says so only in its log, and leaves an empty file behind.
   */
  void requireWritten(Service service) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      Files.deleteIfExists(file);
      throw new PlatformException(
          "The JVM wrote no ahead-of-time cache for " + service.id() + "-service to " + file);
    }
  }
}
