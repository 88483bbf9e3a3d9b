package io.ilteo.modelkit.panel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ilteo.modelkit.panel.TestPanels;
import io.ilteo.modelkit.panel.importing.ImportedPanel;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Truncated and lying files of every format: each ends in a panel or in one clear line, soon and in
 * little memory. {@code -Dfuzz.cases=2000} runs the long version.
 */
class DamagedFilesTest {
  private static final int CASES = Integer.getInteger("fuzz.cases", 220);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Mapping MAPPING = Mappings.named("klips-long");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "panel.csv",
        "panel-bom.csv",
        "panel.tsv",
        "panel-stata8.dta",
        "panel-stata10.dta",
        "panel-stata12.dta",
        "panel-stata13.dta",
        "panel-stata14.dta",
        "panel.sav",
        "panel-pspp.sav",
        "panel.sas7bdat",
        "panel.xlsx"
      })
  void endInAPanelOrInOneClearLine(String file) throws Exception {
    byte[] whole = read(file);
    int refused = 0;
    try (ExecutorService reader =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory())) {
      for (int i = 0; i < CASES / 12 + 1; i++) {
        long seed = file.hashCode() * 1_000L + i;
        refused += refused(reader, file, seed, damaged(whole, seed)) ? 1 : 0;
      }
    }
    System.out.printf(
        "Damaged %s: %d cases, seeds %d…, %d refused%n",
        file, CASES / 12 + 1, file.hashCode() * 1_000L, refused);
    assertThat(refused).isPositive();
  }

  private static boolean refused(ExecutorService reader, String file, long seed, byte[] bytes)
      throws Exception {
    Future<ImportedPanel> work = reader.submit(() -> TestPanels.imported(bytes, file, MAPPING));
    try {
      assertThat(work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).panel().personYears())
          .isPositive();
      return false;
    } catch (TimeoutException hangs) {
      Arrays.stream(Thread.getAllStackTraces().entrySet().toArray()).forEach(System.out::println);
      work.cancel(true);
      return fail("%s hangs, seed %d".formatted(file, seed));
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (!(cause instanceof InvalidArgument)) {
        throw new AssertionError("%s, seed %d: %s".formatted(file, seed, cause), cause);
      }
      assertThat(cause.getMessage()).contains(file).doesNotContain("\n");
      return true;
    }
  }

  /** Truncated, or with up to 16 bytes changed, or both; headers are hit more often. */
  private static byte[] damaged(byte[] whole, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = whole.clone();
    int kind = random.nextInt(3);
    if (kind != 1) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    for (int i = kind == 0 ? 0 : 1 + random.nextInt(16); i > 0 && bytes.length > 0; i--) {
      int reach = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 600);
      bytes[random.nextInt(reach)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in =
        DamagedFilesTest.class.getResourceAsStream("/io/ilteo/modelkit/panel/formats/" + file)) {
      return in.readAllBytes();
    }
  }
}
