package io.ilteo.tuner.dispatch;

import io.ilteo.servicekit.error.DomainException;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.servicekit.tracing.Traces;
import io.ilteo.tuner.application.Asking;
import io.ilteo.tuner.application.ClaimResult;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.ModelServices;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Stopping;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.application.TrialWork;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.metrics.AttemptMeters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Runs the trials of studies that have a task. Any number of tuner replicas may run one: what a
 * trial's state is, and who may run it, is decided in the database only.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final Duration ROUND = Duration.ofMillis(250);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
  private static final Duration BASELINES_PAUSE = Duration.ofSeconds(2);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  private final String replica;
  private final Limits limits;
  private final StudyStore studies;
  private final TrialQueue queue;
  private final TrialWork work;
  private final Stopping stopping;
  private final ModelServices services;
  private final Traces traces;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Lease, TrialRun> runs = new ConcurrentHashMap<>();
  private final Map<String, TaskGate> gates = new ConcurrentHashMap<>();
  // Which claim was each study's last; read and written by the dispatching thread alone.
  private final Map<StudyId, Long> served = new HashMap<>();
  private long claims;
  private final Set<StudyId> baselinesAsked = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  // Held while a trial is claimed: closing must not come between a claim and its run.
  private final ReentrantLock claiming = new ReentrantLock();
  private volatile boolean open = true;

  /**
   * Bounds of one replica.
   *
   * @param lease how long an attempt may stay silent
   * @param maxRuns attempts that one replica runs at a time
   */
  public record Limits(Duration lease, int maxRuns) {}

  /**
   * Makes a dispatcher; {@link #start} runs it.
   *
   * @param replica name of this tuner process, shown with the attempts it runs
   */
  public Dispatcher(
      String replica,
      Limits limits,
      StudyStore studies,
      TrialQueue queue,
      TrialWork work,
      Stopping stopping,
      ModelServices services,
      Traces traces) {
    this.replica = replica;
    this.limits = limits;
    this.studies = studies;
    this.queue = queue;
    this.work = work;
    this.stopping = stopping;
    this.services = services;
    this.traces = traces;
  }

  /** Starts dispatching and expiring leases until {@link #close}. */
  public void start() {
    threads.execute(() -> everyRound("dispatch", this::dispatch, this::awaitChange));
    threads.execute(() -> everyRound("lease expiry", this::expireLeases, () -> Pauses.of(ROUND)));
  }

  private void expireLeases() {
    int lost = queue.expireLeases();
    if (lost > 0) {
      AttemptMeters.leasesLost(lost);
    }
  }

  private void everyRound(String what, Runnable round, Runnable pause) {
    while (open) {
      try {
        round.run();
        pause.run();
      } catch (DomainException.Unavailable away) {
        LOG.debugf("%s waits: %s", what, away.getMessage());
        Pauses.of(AFTER_TROUBLE);
      } catch (RuntimeException failure) {
        LOG.errorf(failure, "%s failed; it goes on", what);
        Pauses.of(AFTER_TROUBLE);
      }
    }
  }

  /** Until something may have changed, or the round is over. */
  private void awaitChange() {
    try {
      if (wake.tryAcquire(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      open = false;
    }
  }

  /**
   * One round: free slots go, one by one, to the study that uses the least of its share, and among
   * equals to the one that has waited longest: with fewer slots than studies the last would
   * otherwise wait until the others have ended.
   */
  void dispatch() {
    List<Study> able = new ArrayList<>();
    Map<StudyId, Integer> running = new HashMap<>();
    for (Study study : studies.dispatchable()) {
      if (study.state() == StudyState.STOPPING) {
        stop(study);
        continue;
      }
      stopping.afterTime(study);
      askForBaselines(study);
      able.add(study);
      running.put(study.id(), study.progress().running());
    }
    Comparator<Study> leastServed =
        Comparator.<Study>comparingDouble(
                study ->
                    (double) running.getOrDefault(study.id(), 0) / study.spec().getParallelism())
            .thenComparing(study -> served.getOrDefault(study.id(), 0L))
            .thenComparing(study -> study.id().value());
    served.keySet().retainAll(running.keySet());
    while (open && !able.isEmpty() && runs.size() < limits.maxRuns()) {
      Study next = able.stream().min(leastServed).orElseThrow();
      if (gate(next).isOpen() && claim(next)) {
        running.merge(next.id(), 1, Integer::sum);
        served.put(next.id(), ++claims);
      } else {
        able.remove(next);
      }
    }
  }

  private boolean claim(Study study) {
    claiming.lock();
    try {
      return open && claimed(study);
    } finally {
      claiming.unlock();
    }
  }

  private boolean claimed(Study study) {
    return switch (work.ask(study.id(), new Asking(replica, limits.lease(), Optional.empty()))) {
      case ClaimResult.Leased(Lease lease) -> {
        TrialRun run =
            new TrialRun(
                study, lease, work, services, gate(study), reason -> explain(study, reason));
        runs.put(lease, run);
        threads.execute(() -> run(lease, run));
        yield true;
      }
      case ClaimResult.NotRunning stopped -> false;
      case ClaimResult.NothingFree none -> false;
    };
  }

  private void run(Lease lease, TrialRun run) {
    // In every line of the log about this attempt, for machines that read it as JSON.
    MDC.put("study", lease.attempt().trial().study().name());
    MDC.put("trial", lease.attempt().trial().name());
    MDC.put("attempt", lease.attempt().name());
    try (var keeper = LeaseKeeper.of(work, lease, limits.lease(), threads, run::loseLease)) {
      traces.run("trial", attributes(lease), run::run);
    } catch (RuntimeException failure) {
      // The lease expires by itself and the trial is tried again.
      LOG.errorf(failure, "%s failed in the tuner", lease.attempt().name());
    } finally {
      MDC.clear();
      runs.remove(lease);
      wake.release();
    }
  }

  private static Map<String, String> attributes(Lease lease) {
    return Map.of(
        "ilteo.study", lease.attempt().trial().study().name(),
        "ilteo.trial", lease.attempt().trial().name(),
        "ilteo.attempt", lease.attempt().name());
  }

  private void stop(Study study) {
    runs.forEach(
        (lease, run) -> {
          if (lease.attempt().trial().study().equals(study.id())) {
            run.impose(new Outcome.Stopped("the study was stopped"));
          }
        });
    studies.settle(study.id());
  }

  private TaskGate gate(Study study) {
    return gates.computeIfAbsent(study.spec().getTask(), task -> new TaskGate());
  }

  /** Tells people why nothing goes on, or takes that back. */
  private void explain(Study study, String trouble) {
    String task = study.spec().getTask();
    String reason =
        trouble.isEmpty()
            ? ""
            : "waiting: the model service of task %s at %s does not answer (%s)"
                .formatted(task, services.target(task), trouble);
    try {
      studies.explain(study.id(), reason);
    } catch (DomainException.Unavailable away) {
      LOG.debugf("%s: no reason stored: %s", study.id().name(), away.getMessage());
    }
  }

  private void askForBaselines(Study study) {
    if (!study.baselines().isEmpty() || !baselinesAsked.add(study.id())) {
      return;
    }
    threads.execute(
        () -> {
          try {
            recordBaselines(study);
          } catch (RuntimeException failure) {
            LOG.warnf("no baselines of %s yet: %s", study.id().name(), failure.getMessage());
            Pauses.of(BASELINES_PAUSE);
            baselinesAsked.remove(study.id());
          }
        });
  }

  private void recordBaselines(Study study) {
    try {
      studies.recordBaselines(
          study.id(), services.baselines(study.spec().getTask(), study.spec().getData()));
    } catch (InvalidArgument refused) {
      // Baselines and networks are trained on the same folds: no trial would fare better.
      stopping.refused(study, String.valueOf(refused.getMessage()));
    }
  }

  /**
   * Drains: claims nothing more, cancels what runs and gives its trials back, with their
   * checkpoints, so that another replica goes on at once.
   */
  @Override
  public void close() {
    claiming.lock();
    open = false;
    claiming.unlock();
    wake.release();
    runs.values().forEach(run -> run.impose(new Outcome.Preempted("the tuner shuts down")));
    try {
      awaitRuns();
      threads.shutdown();
      if (!threads.awaitTermination(DRAIN_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Runs need threads to keep their leases and to give trials back. */
  private void awaitRuns() throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (!runs.isEmpty() && System.nanoTime() < deadline) {
      if (wake.tryAcquire(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
    }
  }
}
