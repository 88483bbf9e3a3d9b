package io.ilteo.modelkit.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Long training takes no more memory than short training. Measured in a JVM of its own whose heap
 * is resident from the start: what grows is memory outside the heap.
 */
class MemoryTest {
  private static final int WARM_UP = 2_000;
  private static final int STEPS = 10_000;
  private static final double DROPOUT = 0.3;

  @Test
  @EnabledOnOs(OS.LINUX)
  void tenThousandStepsTakeNoMoreMemory() throws Exception {
    String text =
        OtherJvm.run(
            MemoryTest.class,
            List.of(
                OtherJvm.VECTORS,
                "-XX:+UseSerialGC",
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch"));
    assertThat(Long.parseLong(OtherJvm.value(text, "KiB_grown"))).isLessThan(32 * 1024);
  }

  /** Trains, and prints by how much the process has grown since the first steps. */
  public static void main(String[] arguments) throws IOException {
    NetworkSpec spec = Cases.spec(8, Encoder.lstm(List.of(16, 16)), Cases.heads(), true, DROPOUT);
    SequenceNetwork network = SequenceNetwork.create(spec, 1);
    Random sizes = new Random(1);
    SequenceBatch[] batches = new SequenceBatch[4];
    Arrays.setAll(batches, i -> new RandomBatch(spec, 1 + 16 * i, 4, 0.1 * i, i).batch());
    train(network, batches, sizes, WARM_UP);
    long before = residentKib();
    train(network, batches, sizes, STEPS);
    System.out.println("KiB_grown " + (residentKib() - before));
  }

  private static void train(
      SequenceNetwork network, SequenceBatch[] batches, Random sizes, int steps) {
    for (int step = 0; step < steps; step++) {
      network.trainStep(batches[sizes.nextInt(batches.length)]);
    }
  }

  private static long residentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
