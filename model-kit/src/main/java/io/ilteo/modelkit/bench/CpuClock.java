package io.ilteo.modelkit.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** CPU seconds of this process, all threads together: the collector and the compiler count. */
public final class CpuClock {
  private CpuClock() {}

  /** CPU time so far. */
  public static long nanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /**
   * The median of {@code rounds} rounds of {@code work}, in CPU seconds a call.
   *
   * @param calls calls a round
   */
  public static double medianSeconds(int rounds, int calls, Runnable work) {
    double[] seconds = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long start = nanos();
      for (int call = 0; call < calls; call++) {
        work.run();
      }
      seconds[round] = (nanos() - start) / 1e9 / calls;
    }
    Arrays.sort(seconds);
    return seconds[rounds / 2];
  }
}
