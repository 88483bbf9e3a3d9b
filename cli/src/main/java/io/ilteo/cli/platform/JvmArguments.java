package io.ilteo.cli.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What every JVM of the platform needs; the root POM's {@code ilteo.jvm.args}. */
public final class JvmArguments {
  /** The one that only networks need. */
  static final String VECTORS = "--add-modules=jdk.incubator.vector";

  private JvmArguments() {}

  /** The arguments, as the build wrote them. */
  public static List<String> read() {
    try (InputStream in = JvmArguments.class.getResourceAsStream("/jvm.args")) {
      if (in == null) {
        throw new PlatformException("Not built whole: jvm.args is missing.");
      }
      return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split("\\s+"));
    } catch (IOException failure) {
      throw new PlatformException("Cannot read jvm.args: " + failure.getMessage());
    }
  }
}
