package io.ilteo.tuner.dispatch;

import io.ilteo.servicekit.error.DomainException;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.ModelServices;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs the trials of studies that have a task. Any number of tuner replicas may run one: what a
 * trial's state is, and who may run it, is decided in the database only.
 */
public final class Dispatcher implements AutoCloseable {
  static final int TELL_TRIES = 60;
  static final Duration TELL_PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final Duration ROUND = Duration.ofMillis(250);
  private static final Duration SERVICE_BACK_OFF = Duration.ofSeconds(2);

  private final String replica;
  private final Duration lease;
  private final StudyStore studies;
  private final TrialQueue queue;
  private final TrialQueue.Proposer proposer;
  private final ModelServices services;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<StudyId, StudyState> states = new ConcurrentHashMap<>();
  private final Map<StudyId, Instant> quietUntil = new ConcurrentHashMap<>();
  private final Set<StudyId> baselinesAsked = ConcurrentHashMap.newKeySet();
  private volatile boolean open = true;

  /**
   * Makes a dispatcher; {@link #start} runs it.
   *
   * @param replica name of this tuner process, shown with the attempts it runs
   * @param lease how long an attempt may stay silent
   */
  public Dispatcher(
      String replica,
      Duration lease,
      StudyStore studies,
      TrialQueue queue,
      TrialQueue.Proposer proposer,
      ModelServices services) {
    this.replica = replica;
    this.lease = lease;
    this.studies = studies;
    this.queue = queue;
    this.proposer = proposer;
    this.services = services;
  }

  /** Starts dispatching and expiring leases until {@link #close}. */
  public void start() {
    threads.execute(() -> everyRound("dispatch", this::dispatch));
    threads.execute(() -> everyRound("lease expiry", queue::expireLeases));
  }

  private void everyRound(String what, Runnable work) {
    while (open) {
      try {
        work.run();
      } catch (DomainException.Unavailable away) {
        LOG.debugf("%s waits: %s", what, away.getMessage());
        Pauses.of(TELL_PAUSE);
      } catch (RuntimeException failure) {
        LOG.errorf(failure, "%s failed; it goes on", what);
        Pauses.of(TELL_PAUSE);
      }
      if (!Pauses.of(ROUND)) {
        return;
      }
    }
  }

  /** One round: every study that runs gets as many attempts as it has free slots. */
  void dispatch() {
    for (Study study : studies.dispatchable()) {
      states.put(study.id(), study.state());
      if (study.state() == StudyState.STOPPING) {
        studies.settle(study.id());
        continue;
      }
      Instant quiet = quietUntil.getOrDefault(study.id(), Instant.MIN);
      if (Instant.now().isBefore(quiet)) {
        continue;
      }
      askForBaselines(study);
      for (boolean more = true; more && open; ) {
        more =
            switch (queue.claim(study.id(), replica, lease, Optional.empty(), proposer)) {
              case ClaimResult.Leased(Lease claimed) -> {
                threads.execute(() -> run(study, claimed));
                yield true;
              }
              case ClaimResult.NotRunning stopped -> false;
              case ClaimResult.NothingFree none -> false;
            };
      }
    }
  }

  private void run(Study study, Lease claimed) {
    try (LeaseKeeper keeper = LeaseKeeper.of(queue, claimed, lease, threads)) {
      Optional<String> trouble =
          new TrialRun(study, claimed, queue, services, () -> isStopping(study.id())).run();
      trouble.ifPresent(
          reason -> {
            quietUntil.put(study.id(), Instant.now().plus(SERVICE_BACK_OFF));
            studies.explain(study.id(), "waiting for the model service: " + reason);
          });
      if (trouble.isEmpty()) {
        studies.explain(study.id(), "");
      }
      if (keeper.isLost()) {
        LOG.warnf("%s was given to somebody else", claimed.attempt().name());
      }
    } catch (RuntimeException failure) {
      // The lease expires by itself and the trial is tried again.
      LOG.errorf(failure, "%s failed in the tuner", claimed.attempt().name());
    }
  }

  private boolean isStopping(StudyId id) {
    return states.get(id) == StudyState.STOPPING;
  }

  private void askForBaselines(Study study) {
    if (!study.baselines().isEmpty() || !baselinesAsked.add(study.id())) {
      return;
    }
    threads.execute(
        () -> {
          try {
            studies.recordBaselines(
                study.id(), services.baselines(study.spec().getTask(), study.spec().getData()));
          } catch (RuntimeException failure) {
            LOG.warnf("no baselines of %s yet: %s", study.id().name(), failure.getMessage());
            Pauses.of(SERVICE_BACK_OFF);
            baselinesAsked.remove(study.id());
          }
        });
  }

  /**
   * Stops claiming; running attempts are left to their leases, which another replica takes over.
   */
  @Override
  public void close() {
    open = false;
    threads.shutdownNow();
    try {
      threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
