package io.ilteo.tuner;

import io.ilteo.servicekit.jdbc.Transactions;
import io.ilteo.tuner.persistence.Thinning;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs {@link Thinning} from time to time; a sweep that fails is tried again next time. */
@Singleton
public class ThinningSchedule {
  private static final Logger LOG = Logger.getLogger(ThinningSchedule.class);
  private static final String DELETED = "ilteo.retention.deleted";

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("thinning").factory());

  void start(@Observes StartupEvent event, Transactions transactions, ThinningConfig config) {
    // Known from the start, so that a graph shows zero and not nothing.
    Metrics.counter(DELETED, "what", "epochs");
    Metrics.counter(DELETED, "what", "decisions");
    if (config.epochsPerTrial() == 0) {
      return;
    }
    Thinning thinning = new Thinning(transactions, config.epochsPerTrial(), config.minAge());
    long every = config.every().toMillis();
    thread.scheduleWithFixedDelay(() -> sweep(thinning), every, every, TimeUnit.MILLISECONDS);
  }

  private static void sweep(Thinning thinning) {
    try {
      Thinning.Thinned thinned = thinning.sweep();
      Metrics.counter(DELETED, "what", "epochs").increment((double) thinned.measurements());
      Metrics.counter(DELETED, "what", "decisions").increment((double) thinned.decisions());
      LOG.infof(
          "thinning deleted %d epochs and %d decisions",
          thinned.measurements(), thinned.decisions());
    } catch (RuntimeException failure) {
      LOG.warnf("thinning deleted nothing: %s", failure.getMessage());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdownNow();
  }
}
