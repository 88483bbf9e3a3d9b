package io.ilteo.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeCodeTest {
  private final NativeCode amd64 = new NativeCode("amd64");
  private final NativeCode arm64 = new NativeCode("aarch64");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lib/linux/x86_64/libxgboost4j.so",
        "com/sun/jna/linux-x86-64/libjnidispatch.so",
        "org/bytedeco/openblas/linux-x86_64/libopenblas.so.0",
        "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn-avx2/libjnind4jcpu.so",
      })
  void codeOfThisPlatformStaysAndIsForeignToAnother(String entry) {
    assertThat(amd64.isForeign(entry)).isFalse();
    assertThat(arm64.isForeign(entry)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lib/linux/aarch64/libxgboost4j.so",
        "lib/macos/x86_64/libxgboost4j.dylib",
        "lib/windows/x86_64/xgboost4j.dll",
        "com/sun/jna/linux-x86/libjnidispatch.so",
        "com/sun/jna/linux-ppc64le/libjnidispatch.so",
        "com/sun/jna/freebsd-x86-64/libjnidispatch.so",
        "com/sun/jna/aix-ppc64/libjnidispatch.a",
        "com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
      })
  void codeOfOtherPlatformsGoes(String entry) {
    assertThat(amd64.isForeign(entry)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oshi/hardware/platform/windows/WindowsDisks.class",
        "com/sun/jna/win32/StdCallLibrary.class",
        "META-INF/native/libwithout-platform.so",
      })
  void whatIsNoNativeCodeOrNamesNoPlatformStays(String entry) {
    assertThat(amd64.isForeign(entry)).isFalse();
  }

  @Test
  void prunedJarsHaveTheRestAndAreTheSameEachTime() throws IOException {
    Path jar = jar("one.jar");
    Path again = jar("again.jar");
    assertThat(amd64.prune(jar)).isTrue();
    assertThat(amd64.prune(again)).isTrue();

    try (JarFile pruned = new JarFile(jar.toFile())) {
      assertThat(pruned.getManifest()).isNotNull();
      assertThat(pruned.stream().map(ZipEntry::getName))
          .containsExactly("META-INF/MANIFEST.MF", "lib/linux/x86_64/a.so", "a/A.class");
    }
    assertThat(jar).hasSameBinaryContentAs(again);
    assertThat(amd64.prune(jar)).as("nothing is left to prune").isFalse();
  }

  private Path jar(String name) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String entry :
          List.of(
              "META-INF/MANIFEST.MF",
              "lib/linux/x86_64/a.so",
              "lib/windows/x86_64/a.dll",
              "a/A.class")) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write((entry.startsWith("META") ? "Manifest-Version: 1.0\n\n" : entry).getBytes());
        zip.closeEntry();
      }
    }
    return jar;
  }
}
