package io.ilteo.cli.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Native code in jars: libraries carry it for every platform there is; an image needs its own.
 *
 * @param architecture as the JVM calls it: {@code amd64} or {@code aarch64}
 */
record NativeCode(String architecture) {
  private static final Pattern LIBRARY =
      Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)(\\.\\d+)*", Pattern.CASE_INSENSITIVE);

  /** How libraries' folders name platforms; what names none is kept. */
  private static final Set<String> FOREIGN_SYSTEMS =
      Set.of(
          "windows",
          "win32",
          "mingw",
          "macos",
          "macosx",
          "osx",
          "darwin",
          "android",
          "ios",
          "aix",
          "sunos",
          "solaris",
          "freebsd",
          "openbsd",
          "netbsd",
          "dragonflybsd",
          "musl");

  private static final Set<String> X86_64 = Set.of("x86-64", "x86_64", "amd64");
  private static final Set<String> ARM_64 = Set.of("aarch64", "arm64");
  private static final Set<String> FOREIGN_ARCHITECTURES =
      Set.of(
          "arm",
          "armel",
          "armhf",
          "ppc",
          "ppc64",
          "ppc64le",
          "mips64el",
          "s390x",
          "riscv64",
          "loongarch64",
          "sparc",
          "sparcv9",
          "x86");

  /** Whether an entry of a jar is native code of another platform than the image's. */
  boolean isForeign(String entry) {
    if (!LIBRARY.matcher(entry).matches()) {
      return false;
    }
    String folder = entry.substring(0, entry.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    // x86-64 and x86_64 are one word each; linux-aarch64 is two.
    List<String> words = List.of(folder.replaceAll("x86[-_]64", "amd64").split("[/\\-_.]", -1));
    Set<String> other = architecture.equals("aarch64") ? X86_64 : ARM_64;
    return !Collections.disjoint(words, FOREIGN_SYSTEMS)
        || !Collections.disjoint(words, FOREIGN_ARCHITECTURES)
        || !Collections.disjoint(words, other);
  }

  /** Writes a jar without foreign native code; tells whether there was any. */
  boolean prune(Path jar) throws IOException {
    Path pruned = jar.resolveSibling(jar.getFileName() + ".pruned");
    try (ZipFile from = new ZipFile(jar.toFile())) {
      if (from.stream().noneMatch(entry -> isForeign(entry.getName()))) {
        return false;
      }
      try (OutputStream file = Files.newOutputStream(pruned);
          ZipOutputStream to = new ZipOutputStream(file)) {
        List<? extends ZipEntry> kept =
            from.stream()
                .filter(entry -> !isForeign(entry.getName()))
                // The manifest stays where readers look for it: in front.
                .sorted(Comparator.comparing(entry -> !entry.getName().startsWith("META-INF/")))
                .toList();
        for (ZipEntry entry : kept) {
          ZipEntry copy = new ZipEntry(entry.getName());
          copy.setLastModifiedTime(java.nio.file.attribute.FileTime.from(Staging.TIME));
          to.putNextEntry(copy);
          try (InputStream content = from.getInputStream(entry)) {
            content.transferTo(to);
          }
          to.closeEntry();
        }
      }
    }
    Files.move(pruned, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return true;
  }
}
