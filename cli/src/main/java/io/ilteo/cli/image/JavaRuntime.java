package io.ilteo.cli.image;

import io.ilteo.cli.platform.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The Java runtime of the images: of this JDK, the modules that the services use. */
final class JavaRuntime {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final List<String> MODULES =
      List.of(
          "java.se",
          // Korean files come in MS949.
          "jdk.charsets",
          "jdk.incubator.vector",
          "jdk.crypto.ec",
          "jdk.jfr",
          "jdk.localedata",
          "jdk.management",
          "jdk.naming.dns",
          "jdk.net",
          "jdk.unsupported",
          "jdk.zipfs");

  private JavaRuntime() {}

  /** Links the runtime into {@code folder}, which must not exist. */
  static void link(Path folder) throws IOException, InterruptedException {
    Path jdk = Path.of(System.getProperty("java.home"));
    Path record = folder.resolveSibling("jlink.aotconf");
    List<String> line = new ArrayList<>();
    line.add(jdk.resolve("bin/jlink").toString());
    line.addAll(steadyOrder(record));
    line.addAll(List.of("--add-modules", String.join(",", MODULES), "--include-locales=en,ko"));
    line.addAll(List.of("--strip-debug", "--no-header-files", "--no-man-pages"));
    line.addAll(List.of("--output", folder.toString()));
    try {
      Tool.run(jdk, LIMIT, line).orFail("jlink");
    } finally {
      Files.deleteIfExists(record);
    }
    Files.copy(jdk.resolve("NOTICE"), folder.resolve("NOTICE"));
  }

  /**
   * Options with which jlink writes the same runtime each time. It writes sets in the order in
   * which they iterate, which every JVM draws anew but one that records for a cache: that one must
   * be repeatable itself. To go without what jlink writes there (its system-modules plugin) is no
   * way out: a JVM of such a runtime cannot make a cache.
   */
  private static List<String> steadyOrder(Path record) {
    return List.of(
        "-J-XX:AOTMode=record",
        "-J-XX:AOTConfiguration=" + record,
        "-J-Xlog:aot=off",
        "-J-Xlog:cds=off");
  }
}
