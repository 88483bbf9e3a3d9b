package io.ilteo.modelkit.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.TensorCache;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedDataTest {
  private static final Panel PANEL = SyntheticPanels.imported(300, 4).panel();

  @TempDir Path folder;

  private static PreparedData prepare(long foldSeed, @Nullable TensorCache cache) {
    return PreparedData.of(
        PANEL,
        WindowSpec.standard(),
        Protocol.NEW_PERSONS,
        TargetSelection.both(PANEL.mapping()),
        FeatureSet.PANEL_V1,
        foldSeed,
        cache);
  }

  private TensorCache cache(long second) throws IOException {
    return new TensorCache(
        folder, 1 << 26, Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC));
  }

  private List<Long> lastUsedSeconds() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.toFile().lastModified() / 1000).sorted().toList();
    }
  }

  private static float[] inputs(Sequences sequences) {
    int width = sequences.steps() * sequences.features();
    float[] all = new float[sequences.size() * width];
    for (int i = 0; i < sequences.size(); i++) {
      sequences.copyInputs(i, all, i * width);
    }
    return all;
  }

  @Test
  void inputsOfAnEarlierProcessAreUsedAgain() throws IOException {
    PreparedData computed = prepare(0, null);
    prepare(0, cache(1));
    assertThat(lastUsedSeconds()).containsExactly(1L, 1L);

    PreparedData cached = prepare(0, cache(2));
    assertThat(lastUsedSeconds()).containsExactly(2L, 2L);
    assertThat(inputs(cached.training())).isEqualTo(inputs(computed.training()));
    assertThat(inputs(cached.validation())).isEqualTo(inputs(computed.validation()));
  }

  @Test
  void anotherDivisionOfThePersonsHasInputsOfItsOwn() throws IOException {
    prepare(0, cache(1));
    prepare(1, cache(2));
    assertThat(lastUsedSeconds()).containsExactly(1L, 1L, 2L, 2L);
  }
}
