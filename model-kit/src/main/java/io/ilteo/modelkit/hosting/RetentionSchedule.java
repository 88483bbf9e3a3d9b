package io.ilteo.modelkit.hosting;

import io.ilteo.modelkit.registry.Retention;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs {@link Retention} from time to time; a sweep that fails is tried again next time. */
public final class RetentionSchedule implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RetentionSchedule.class);

  private final Retention retention;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("retention").factory());

  public RetentionSchedule(Retention retention) {
    this.retention = retention;
  }

  void start(Duration every) {
    // Known from the start, so that a graph shows zero and not nothing.
    List.of("versions", "networks", "checkpoints").forEach(RetentionSchedule::deleted);
    thread.scheduleWithFixedDelay(
        this::sweep, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Counter deleted(String what) {
    return Metrics.counter("ilteo.retention.deleted", "what", what);
  }

  private void sweep() {
    try {
      Retention.Swept swept = retention.sweep();
      deleted("versions").increment(swept.versions());
      deleted("networks").increment(swept.networks());
      deleted("checkpoints").increment(swept.checkpoints());
      LOG.infof(
          "retention deleted %d versions, %d networks and %d checkpoints",
          swept.versions(), swept.networks(), swept.checkpoints());
    } catch (RuntimeException failure) {
      LOG.warnf("retention deleted nothing: %s", failure.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
