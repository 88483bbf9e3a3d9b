package io.ilteo.cli.image;

import io.ilteo.cli.platform.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    Tool.run(
            jdk,
            LIMIT,
            List.of(
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--include-locales=en,ko",
                // It writes sets in an order that each run draws anew: no two runtimes were the
                // same.
                // Without it a start without a cache takes 0.08 s more of the processor.
                "--disable-plugin",
                "system-modules",
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString()))
        .orFail("jlink");
    Files.copy(jdk.resolve("NOTICE"), folder.resolve("NOTICE"));
  }
}
