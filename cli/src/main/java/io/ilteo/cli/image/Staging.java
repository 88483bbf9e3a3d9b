package io.ilteo.cli.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files on their way into an image: whole, and with the one time that they have there. */
final class Staging {
  /**
   * The modification time of every file in an image. The ahead-of-time cache is made from staged
   * files and checks their times, so they have it here already.
   */
  static final Instant TIME = Instant.ofEpochSecond(1);

  private Staging() {}

  /** An empty folder, whatever was there. */
  static Path emptied(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> old;
      try (Stream<Path> tree = Files.walk(folder)) {
        old = tree.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : old) {
        Files.delete(path);
      }
    }
    return Files.createDirectories(folder);
  }

  /** Copies a tree, following links. */
  static void copy(Path from, Path to) throws IOException {
    List<Path> tree = tree(from);
    for (Path path : tree) {
      Path target = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Gives everything under {@code folder} the time that it will have in the image. */
  static void stamp(Path folder) throws IOException {
    for (Path path : tree(folder)) {
      Files.setLastModifiedTime(path, FileTime.from(TIME));
    }
  }

  /** A folder and all that is in it, parents first, in the order of their names. */
  static List<Path> tree(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.sorted().toList();
    }
  }
}
