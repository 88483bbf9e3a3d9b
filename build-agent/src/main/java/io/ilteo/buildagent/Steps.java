package io.ilteo.buildagent;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/**
 * The steps of a build, one after the other in the thread that waits for them. What a step itself
 * gives to the builder's threads stays there.
 */
public final class Steps {
  private static final ThreadLocal<Queue<Runnable>> READY =
      ThreadLocal.withInitial(ArrayDeque::new);

  private Steps() {}

  /** In place of {@code executor.execute(step)}. */
  public static void add(Executor executor, Runnable step) {
    READY.get().add(step);
  }

  /** In place of {@code LockSupport.park(build)}, which is called until all steps are done. */
  public static void runNext(Object build) {
    Runnable step = READY.get().poll();
    if (step == null) {
      LockSupport.park(build);
    } else {
      step.run();
    }
  }
}
