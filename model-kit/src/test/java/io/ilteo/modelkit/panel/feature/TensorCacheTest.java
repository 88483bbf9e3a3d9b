package io.ilteo.modelkit.panel.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorCacheTest {
  private static final int BYTES = 1_000;
  private static final Instant NOW = Instant.parse("2026-11-26T06:00:00Z");

  @TempDir Path folder;

  private TensorCache cache(int tensors, Instant now) throws IOException {
    // Each file has a header beside its bytes.
    return new TensorCache(folder, tensors * (BYTES + 64L), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static MemorySegment tensor() {
    MemorySegment segment = Arena.ofAuto().allocate(BYTES);
    segment.set(ValueLayout.JAVA_BYTE, 0, (byte) 7);
    return segment;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theLongestUnusedGoWhenTheBoundIsReached() throws IOException {
    for (int i = 0; i < 3; i++) {
      cache(3, NOW.plusSeconds(i)).get("t" + i, BYTES, TensorCacheTest::tensor);
    }
    cache(3, NOW.plusSeconds(10)).get("t0", BYTES, TensorCacheTest::tensor);
    cache(3, NOW.plusSeconds(11)).get("t3", BYTES, TensorCacheTest::tensor);
    assertThat(files()).containsExactly("t0.tensor", "t2.tensor", "t3.tensor");
  }

  @Test
  void whatAKilledWriterLeftGoesAndWhatAnotherWritesNowStays() throws IOException {
    Path abandoned = Files.createFile(folder.resolve("draft1.part"));
    Path current = Files.createFile(folder.resolve("draft2.part"));
    Files.setLastModifiedTime(abandoned, FileTime.from(NOW.minus(Duration.ofMinutes(61))));
    Files.setLastModifiedTime(current, FileTime.from(NOW.minus(Duration.ofMinutes(59))));
    cache(3, NOW).get("t", BYTES, TensorCacheTest::tensor);
    assertThat(files()).containsExactly("draft2.part", "t.tensor");
  }
}
