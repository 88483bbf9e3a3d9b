package io.ilteo.cli.image;

import io.ilteo.cli.platform.PlatformException;
import io.ilteo.cli.platform.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a JVM with native code needs of an operating system, out of this machine's Debian packages:
 * the C and C++ runtimes and OpenMP. No shell, no package tool, nothing else that could be run.
 */
final class BaseFiles {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final List<String> PACKAGES =
      List.of("libc6", "libgcc-s1", "libstdc++6", "libgomp1", "zlib1g");

  /** Programs load these by their soname. */
  private static final List<String> LIBRARIES =
      List.of(
          "libc.so.6",
          "libm.so.6",
          "libmvec.so.1",
          "libdl.so.2",
          "libpthread.so.0",
          "librt.so.1",
          "libresolv.so.2",
          "libnss_dns.so.2",
          "libnss_files.so.2",
          "libutil.so.1",
          "libgcc_s.so.1",
          "libstdc++.so.6",
          "libgomp.so.1",
          "libz.so.1");

  private static final String USER =
      "root:x:0:0:root:/:/nonexistent%nilteo:x:%1$s:%1$s:ilteo:/tmp:/nonexistent%n";

  private BaseFiles() {}

  /**
   * Unpacks the packages into {@code folder}, as far as they are needed.
   *
   * @param work for downloads, kept between builds
   * @return versions of the packages by their names
   */
  static Map<String, String> unpack(Path folder, Path work, String user)
      throws IOException, InterruptedException {
    if (!Tool.isOnPath("apt-get") || !Tool.isOnPath("dpkg-deb")) {
      throw new PlatformException(
          "Without --base the image is made of this machine's Debian packages, and this is no"
              + " Debian; name a base with glibc and libstdc++, e.g. --base"
              + " gcr.io/distroless/cc-debian12:nonroot");
    }
    Path unpacked = Staging.emptied(work.resolve("unpacked"));
    Map<String, String> versions = new LinkedHashMap<>();
    Path packages = Files.createDirectories(work.resolve("packages"));
    for (Path archive : download(packages, PACKAGES)) {
      run(work, List.of("dpkg-deb", "-x", archive.toString(), unpacked.toString()));
      versions.put(field(archive, "Package"), field(archive, "Version"));
    }
    for (Path archive : download(packages, holdersOfLicences(unpacked))) {
      run(work, List.of("dpkg-deb", "-x", archive.toString(), unpacked.toString()));
    }
    libraries(unpacked, folder);
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(etc.resolve("passwd"), USER.formatted(user));
    Files.writeString(etc.resolve("group"), "root:x:0:%nilteo:x:%s:%n".formatted(user));
    Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files dns\n");
    Path licences = folder.resolve("usr/share/doc");
    for (String name : PACKAGES) {
      Path copyright = unpacked.resolve("usr/share/doc").resolve(name).resolve("copyright");
      Path target = Files.createDirectories(licences.resolve(name));
      Files.copy(copyright, target.resolve("copyright"));
    }
    return versions;
  }

  private static void libraries(Path unpacked, Path folder) throws IOException {
    List<Path> all = Staging.tree(unpacked);
    for (String name : LIBRARIES) {
      Path library = find(all, name);
      String triplet = Objects.requireNonNull(library.getParent()).getFileName().toString();
      Path target = Files.createDirectories(folder.resolve("usr/lib").resolve(triplet));
      Files.copy(library.toRealPath(), target.resolve(name));
    }
    Path loader =
        find(
            all,
            System.getProperty("os.arch").equals("aarch64")
                ? "ld-linux-aarch64.so.1"
                : "ld-linux-x86-64.so.2");
    String place = loader.getFileName().toString().contains("x86") ? "lib64" : "lib";
    Files.copy(
        loader.toRealPath(),
        Files.createDirectories(folder.resolve(place)).resolve(loader.getFileName()));
  }

  private static Path find(List<Path> files, String name) {
    return files.stream()
        .filter(path -> path.getFileName().toString().equals(name) && Files.isRegularFile(path))
        .findFirst()
        .orElseThrow(() -> new PlatformException("no package of " + PACKAGES + " has " + name));
  }

  /** GCC's libraries leave their licence to a package whose name has GCC's version: by a link. */
  private static Set<String> holdersOfLicences(Path unpacked) throws IOException {
    Set<String> holders = new TreeSet<>();
    for (String name : PACKAGES) {
      Path folder = unpacked.resolve("usr/share/doc").resolve(name);
      if (Files.isSymbolicLink(folder)) {
        holders.add(Files.readSymbolicLink(folder).getFileName().toString());
      }
    }
    return holders;
  }

  /** The packages' archives, from earlier builds where they are there. */
  private static List<Path> download(Path folder, Collection<String> packages)
      throws IOException, InterruptedException {
    List<Path> there = archives(folder);
    List<String> line = new ArrayList<>(List.of("apt-get", "download"));
    packages.stream().filter(name -> there.stream().noneMatch(of(name))).forEach(line::add);
    if (line.size() > 2) {
      run(folder, line);
    }
    return archives(folder).stream()
        .filter(archive -> packages.stream().anyMatch(name -> of(name).test(archive)))
        .toList();
  }

  private static Predicate<Path> of(String name) {
    return archive -> archive.getFileName().toString().startsWith(name + "_");
  }

  private static List<Path> archives(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(".deb")).sorted().toList();
    }
  }

  private static String field(Path archive, String name) throws IOException, InterruptedException {
    return run(Path.of("/"), List.of("dpkg-deb", "-f", archive.toString(), name)).lastLine();
  }

  private static Tool run(Path folder, List<String> line) throws IOException, InterruptedException {
    return Tool.run(folder, LIMIT, line).orFail(String.join(" ", line.subList(0, 2)));
  }
}
