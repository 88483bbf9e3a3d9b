package io.ilteo.modelkit.panel.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.fold.Folds;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorCacheTest {
  @TempDir Path folder;
  private final AtomicInteger made = new AtomicInteger();

  private TensorCache cache(long maxBytes, long second) throws IOException {
    return new TensorCache(
        folder, maxBytes, Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
  }

  private MemorySegment make(int value) {
    made.incrementAndGet();
    MemorySegment segment = RowMatrix.allocate(400);
    segment.fill((byte) value);
    return segment;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void whatWasMadeIsMappedTheNextTime() throws IOException {
    cache(10_000, 1).get("a", 400, () -> make(7));
    MemorySegment again = cache(10_000, 2).get("a", 400, () -> make(8));
    assertThat(made).hasValue(1);
    assertThat(again.get(ValueLayout.JAVA_BYTE, 399)).isEqualTo((byte) 7);
  }

  @Test
  void damagedAndCutFilesAreMadeAgain() throws IOException {
    cache(10_000, 1).get("a", 400, () -> make(7));
    Path file = files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    bytes[200] ^= 1;
    Files.write(file, bytes);
    cache(10_000, 2).get("a", 400, () -> make(7));
    assertThat(made).hasValue(2);
    Files.write(file, java.util.Arrays.copyOf(bytes, 100));
    assertThat(cache(10_000, 3).get("a", 400, () -> make(7)).get(ValueLayout.JAVA_BYTE, 0))
        .isEqualTo((byte) 7);
    assertThat(made).hasValue(3);
  }

  @Test
  void longestUnusedGoFirst() throws IOException {
    cache(1_000, 1).get("a", 400, () -> make(1));
    cache(1_000, 2).get("b", 400, () -> make(2));
    cache(1_000, 3).get("a", 400, () -> make(1));
    cache(1_000, 4).get("c", 400, () -> make(3));
    assertThat(files())
        .extracting(f -> f.getFileName().toString())
        .containsExactly("a.tensor", "c.tensor");
  }

  @Test
  void whatAKilledWriterLeftGoesAndWhatAnotherWritesNowStays() throws IOException {
    Path abandoned = Files.createFile(folder.resolve("draft1.part"));
    Path current = Files.createFile(folder.resolve("draft2.part"));
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.ofEpochSecond(10_000 - 61 * 60)));
    Files.setLastModifiedTime(current, FileTime.from(Instant.ofEpochSecond(10_000 - 59 * 60)));
    cache(1_000, 10_000).get("a", 400, () -> make(1));
    assertThat(files())
        .extracting(f -> f.getFileName().toString())
        .containsExactly("a.tensor", "draft2.part");
  }

  @Test
  void whatDoesNotFitIsNotKept() throws IOException {
    assertThat(cache(100, 1).get("a", 400, () -> make(1)).byteSize()).isEqualTo(400);
    assertThat(files()).isEmpty();
  }

  @Test
  void cachedSequencesAreTheSameBits() throws IOException {
    Panel panel = SyntheticPanels.imported(200, 4).panel();
    Folds folds =
        Folds.split(
            panel,
            WindowSpec.standard(),
            Protocol.NEW_PERSONS,
            TargetSelection.both(panel.mapping()),
            1);
    FeatureTransform transform = FeatureTransform.fit(folds.training(), FeatureSet.PANEL_V1);
    TensorCache cache = cache(100_000_000, 1);
    Sequences plain = transform.sequences(folds.training());
    transform.sequences(folds.training(), cache);
    Sequences mapped = transform.sequences(folds.training(), cache);
    transform.sequences(folds.validation(), cache);
    assertThat(mapped.inputs()).isEqualTo(plain.inputs());
    assertThat(mapped.categoryIndices()).isEqualTo(plain.categoryIndices());
    assertThat(files()).hasSize(2);
  }
}
