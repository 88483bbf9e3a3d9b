package io.ilteo.tuner.dispatch;

import io.ilteo.tuner.TunerFixture;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A tuner replica in a process of its own, for tests that kill it. */
final class TunerProcess {
  private TunerProcess() {}

  /** {@code jdbcUrl user password modelServices leaseSeconds}: dispatches until killed. */
  public static void main(String[] args) throws Exception {
    try (TunerFixture tuner = new TunerFixture(args[0], args[1], args[2], args[3]);
        Dispatcher dispatcher =
            tuner.dispatcher(
                "tuner-" + ProcessHandle.current().pid(),
                Duration.ofSeconds(Long.parseLong(args[4])))) {
      dispatcher.start();
      new CountDownLatch(1).await();
    }
  }
}
