package io.ilteo.modelkit.hosting;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ThreadFactory;

/**
 * Threads that leave the processor to others: whoever waits for a prediction goes before a training
 * that takes minutes.
 *
 * <p>Java's own priorities do nothing on Linux. There {@code nice(2)} is the calling thread's
 * alone; elsewhere it would be the whole process's, so nothing is done.
 */
final class Niceness {
  private static final int MOST = 19;

  private Niceness() {}

  /**
   * Threads of {@code factory} that begin by lowering themselves.
   *
   * @param niceness 0, like all others, to 19, see nice(1)
   * @throws IllegalArgumentException for another
   */
  static ThreadFactory lower(ThreadFactory factory, int niceness) {
    if (niceness < 0 || niceness > MOST) {
      throw new IllegalArgumentException(
          "ilteo.model.training-niceness is %d; 0 to %d".formatted(niceness, MOST));
    }
    return niceness == 0 || !isLinux()
        ? factory
        : task ->
            factory.newThread(
                () -> {
                  lowerCallingThread(niceness);
                  task.run();
                });
  }

  private static boolean isLinux() {
    return System.getProperty("os.name", "").startsWith("Linux");
  }

  // Restricted: the JVM runs with --enable-native-access, as the kernels need.
  @SuppressWarnings("restricted")
  private static void lowerCallingThread(int niceness) {
    Linker linker = Linker.nativeLinker();
    MethodHandle nice =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("nice"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      // The new niceness, or −1 for a refusal that there is none of: anyone may step back.
      int unused = (int) nice.invokeExact(niceness);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
