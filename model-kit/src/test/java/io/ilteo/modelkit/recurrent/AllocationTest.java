package io.ilteo.modelkit.recurrent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ilteo.modelkit.recurrent.bench.BenchNet;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Once its loops are compiled, a step of training leaves next to no garbage: megabytes would be
 * vectors that the compiler did not keep in registers. In a JVM of its own with the options of this
 * one, since how loops are compiled depends on what else has run through them.
 */
class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int BATCH = 32;
  private static final int STEPS = 100;
  private static final int MOST_ROUNDS = 30;
  private static final long MOST_BYTES = 64 * 1024;

  @Test
  void stepsComeToAllocateNextToNothing() throws Exception {
    List<String> options = new ArrayList<>(List.of(OtherJvm.VECTORS, "-XX:+UseSerialGC"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(given -> given.startsWith("-XX:CompileCommand="))
        .forEach(options::add);
    String text = OtherJvm.run(AllocationTest.class, options);
    for (Cell cell : Cell.values()) {
      assertThat(Long.parseLong(OtherJvm.value(text, cell.name())))
          .as("bytes a step, %s", cell)
          .isLessThanOrEqualTo(MOST_BYTES);
    }
  }

  /** Prints the least bytes a step that each cell comes to. */
  public static void main(String[] arguments) {
    for (Cell cell : Cell.values()) {
      SequenceNetwork network = SequenceNetwork.create(BenchNet.A.spec(cell), 1);
      SequenceBatch batch = BenchNet.A.batch(BATCH, 1);
      long least = Long.MAX_VALUE;
      for (int round = 0; round < MOST_ROUNDS && least > MOST_BYTES; round++) {
        least = Math.min(least, bytesOfAStep(network, batch));
      }
      System.out.println(cell.name() + " " + least);
    }
  }

  private static long bytesOfAStep(SequenceNetwork network, SequenceBatch batch) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int step = 0; step < STEPS; step++) {
      network.trainStep(batch);
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / STEPS;
  }
}
