package io.ilteo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A migration that has landed never changes: somebody's database has run it. {@code
 * landed-migrations.txt} has a line a migration, its SHA-256 and its path.
 */
class MigrationsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("ilteo.root", "..")).toAbsolutePath().normalize();

  @Test
  void landedMigrationsStayAsTheyAreAndNewOnesAreRecorded() throws Exception {
    assertThat(present())
        .as(
            "a landed migration was changed (take it back and write a new one), or a new one is not in"
                + " landed-migrations.txt yet (add its line)")
        .isEqualTo(landed());
  }

  private static Map<String, String> landed() throws IOException {
    try (InputStream in = MigrationsTest.class.getResourceAsStream("/landed-migrations.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" +", 2))
          .collect(
              Collectors.toMap(parts -> parts[1], parts -> parts[0], (a, b) -> b, TreeMap::new));
    }
  }

  /** Of every module, also of those that are yet to come. */
  private static Map<String, String> present() throws Exception {
    Map<String, String> present = new TreeMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.toList()) {
        Path scripts = module.resolve("src/main/resources/db");
        if (Files.isDirectory(scripts)) {
          try (Stream<Path> files = Files.walk(scripts)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
              present.put(ROOT.relativize(file).toString(), sha256(file));
            }
          }
        }
      }
    }
    return present;
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
