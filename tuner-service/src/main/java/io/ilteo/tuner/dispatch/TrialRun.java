package io.ilteo.tuner.dispatch;

import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.servicekit.error.DomainException;
import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.tuner.application.Cancellation;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.ModelServices;
import io.ilteo.tuner.application.ModelServices.TrainingEnd;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Outcomes;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.TrialWork;
import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.metrics.AttemptMeters;
import io.ilteo.tuner.wire.Spaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one trial: calls Train, streams measurements into the database, tells the end.
 *
 * <p>While the model service is busy or away, the attempt waits with its lease held: nothing was
 * begun that could be lost.
 */
final class TrialRun implements ModelServices.Listener {
  private static final Logger LOG = Logger.getLogger(TrialRun.class);

  /** A busy replica sends us to the next one at once, so many times. */
  private static final int TRIES_WITHOUT_PAUSE = 2;

  private static final int TELL_TRIES = 60;
  private static final Duration TELL_PAUSE = Duration.ofSeconds(1);
  private static final int MAX_UNSENT = 10_000;

  private final Study study;
  private final Lease lease;
  private final TrialWork work;
  private final ModelServices services;
  private final TaskGate gate;
  private final Consumer<String> trouble;
  private final Cancellation cancellation = new Cancellation();
  private final List<Measurement> unsent = new ArrayList<>();
  private final long madeNanos = System.nanoTime();
  private String resumeFrom;
  private String checkpoint = "";
  private String unnamedReplica = "";
  private boolean started;
  private boolean waits;
  private @Nullable Outcome outcome;
  private @Nullable PruningDecision pruned;
  private volatile @Nullable Outcome imposed;
  private volatile boolean leaseLost;

  /**
   * Makes a run.
   *
   * @param trouble told why the service cannot be used, and "" once it can
   */
  TrialRun(
      Study study,
      Lease lease,
      TrialWork work,
      ModelServices services,
      TaskGate gate,
      Consumer<String> trouble) {
    this.study = study;
    this.lease = lease;
    this.work = work;
    this.services = services;
    this.gate = gate;
    this.trouble = trouble;
    this.resumeFrom = lease.trial().checkpoint();
  }

  /** Runs to the end. */
  void run() {
    TrainingEnd end = train();
    if (leaseLost) {
      ended("lease_lost");
      AttemptMeters.leasesLost(1);
      LOG.warnf("%s was given to somebody else", lease.attempt().name());
      return;
    }
    Outcome forced = imposed;
    PruningDecision decision = pruned;
    if (forced != null && outcome == null) {
      tell(forced);
    } else if (decision != null) {
      ended("pruned");
      retry(
          () ->
              work.tell(
                  lease.attempt(),
                  lease.token(),
                  work.pruned(lease.attempt().trial(), sentence(decision))));
    } else {
      tell(outcome(end));
    }
  }

  private Outcome outcome(TrainingEnd end) {
    if (outcome != null) {
      return outcome;
    }
    return switch (end) {
      case TrainingEnd.Cancelled cancelled -> new Outcome.Preempted("training was cancelled");
      case TrainingEnd.Ended ended -> new Outcome.Lost("the service ended without a result");
      case TrainingEnd.Busy(String reason) -> new Outcome.Preempted(reason);
      case TrainingEnd.GivenBack(String reason) -> new Outcome.Preempted(reason);
      case TrainingEnd.Gone(String reason) -> new Outcome.Lost(reason);
      case TrainingEnd.Broken(String reason) -> new Outcome.Lost("the service failed: " + reason);
      case TrainingEnd.Refused(String reason) -> new Outcome.Failed("refused: " + reason);
    };
  }

  private TrainingEnd train() {
    TrainingEnd end = call();
    if (!mustWait(end)) {
      return end;
    }
    gate.startWaiting();
    waits = true;
    try {
      for (int tries = 1; mustWait(end); tries++) {
        if (end instanceof TrainingEnd.Gone(String reason)) {
          trouble.accept(reason);
        }
        if (tries > TRIES_WITHOUT_PAUSE || end instanceof TrainingEnd.Gone) {
          cancellation.await(TaskGate.pause(tries));
        }
        if (cancellation.isCancelled()) {
          return new TrainingEnd.Cancelled();
        }
        end = call();
      }
      return end;
    } finally {
      leaveGate();
    }
  }

  /**
   * Trains from the trial's checkpoint, or from the beginning if the service cannot go on from it:
   * after an upgrade, for instance, a replica may refuse what an older one wrote. Only the time is
   * lost, since a training is a function of its seed.
   */
  private TrainingEnd call() {
    TrainingEnd end = services.train(study.spec().getTask(), request(), this, cancellation);
    if (!started && !resumeFrom.isEmpty() && end instanceof TrainingEnd.Refused(String reason)) {
      LOG.warnf("%s begins afresh: %s", lease.attempt().name(), reason);
      resumeFrom = "";
      end = services.train(study.spec().getTask(), request(), this, cancellation);
    }
    return end;
  }

  private void leaveGate() {
    if (waits) {
      waits = false;
      gate.stopWaiting();
    }
  }

  private boolean mustWait(TrainingEnd end) {
    return !started && (end instanceof TrainingEnd.Busy || end instanceof TrainingEnd.Gone);
  }

  /** Ends the attempt from outside, e.g. because the study was stopped. */
  void impose(Outcome end) {
    imposed = end;
    cancellation.cancel();
  }

  /** Ends the attempt without a word: the trial belongs to somebody else. */
  void loseLease() {
    leaseLost = true;
    cancellation.cancel();
  }

  private TrainRequest request() {
    return TrainRequest.newBuilder()
        .setAttempt(lease.attempt().name())
        .setData(study.spec().getData())
        .setArchitecture(study.spec().getArchitecture())
        .addAllParameters(Spaces.write(lease.trial().configuration()))
        .setSeed(lease.trial().seed())
        .setMaxEpochs(study.spec().getMaxEpochs())
        .setPatience(study.spec().getPatience())
        .setResumeFrom(resumeFrom)
        .setWatchMetric(study.objectives().getFirst().metric())
        .build();
  }

  @Override
  public boolean onEvent(TrainResponse event) {
    switch (event.getEventCase()) {
      case STARTED -> {
        begin();
        unnamedReplica = event.getStarted().getReplica();
        return nameReplica();
      }
      case EPOCH -> {
        AttemptMeters.epoch(study.spec().getTask(), duration(event.getEpoch()));
        if (unsent.size() < MAX_UNSENT) {
          unsent.add(measurement(event.getEpoch()));
        }
        return report();
      }
      case CHECKPOINT -> {
        checkpoint = event.getCheckpoint().getName();
        return report();
      }
      case FINISHED ->
          outcome =
              Outcomes.of(
                  study.objectives(),
                  metrics(event.getFinished().getMetricsList()),
                  event.getFinished().getCandidate());
      case DIVERGED ->
          outcome =
              new Outcome.Failed(
                  "diverged at epoch %d: %s"
                      .formatted(event.getDiverged().getEpoch(), event.getDiverged().getReason()));
      case EVENT_NOT_SET -> {}
    }
    return true;
  }

  private void begin() {
    if (!started) {
      started = true;
      AttemptMeters.began(study.spec().getTask(), Duration.ofNanos(System.nanoTime() - madeNanos));
      leaveGate();
      trouble.accept("");
    }
  }

  /** Keeps who trains; a database that is away gets it with the next report. */
  private boolean nameReplica() {
    try {
      if (!unnamedReplica.isEmpty()) {
        work.began(lease.attempt(), lease.token(), unnamedReplica);
        unnamedReplica = "";
      }
      return true;
    } catch (Aborted lost) {
      leaseLost = true;
      return false;
    } catch (DomainException.Unavailable away) {
      LOG.debugf("%s: its replica's name waits: %s", lease.attempt().name(), away.getMessage());
      return true;
    }
  }

  /** Sends what has not been sent; a database that is away gets it with the next report. */
  private boolean report() {
    if (!nameReplica()) {
      return false;
    }
    try {
      TrialWork.Reported reported =
          work.report(lease.attempt(), lease.token(), List.copyOf(unsent), checkpoint);
      unsent.clear();
      checkpoint = "";
      pruned = reported.decision().filter(PruningDecision::pruned).orElse(null);
      if (reported.shouldStop() && pruned == null) {
        imposed = new Outcome.Stopped("the study was stopped");
      }
      return !reported.shouldStop();
    } catch (Aborted lost) {
      leaseLost = true;
      return false;
    } catch (DomainException.Unavailable away) {
      LOG.debugf("%s: a report waits: %s", lease.attempt().name(), away.getMessage());
      return true;
    }
  }

  private static String sentence(PruningDecision decision) {
    return "%s at step %d: %s is worse than %s"
        .formatted(decision.rule(), decision.step(), decision.value(), decision.threshold());
  }

  private static Measurement measurement(TrainResponse.Epoch epoch) {
    return Measurement.at(epoch.getEpoch(), metrics(epoch.getMetricsList()), duration(epoch));
  }

  private static Duration duration(TrainResponse.Epoch epoch) {
    return Duration.ofSeconds(epoch.getDuration().getSeconds(), epoch.getDuration().getNanos());
  }

  private static Map<String, Double> metrics(List<MetricValue> values) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    values.forEach(metric -> metrics.put(metric.getName(), metric.getValue()));
    return metrics;
  }

  private void ended(String outcome) {
    AttemptMeters.ended(study.spec().getTask(), outcome);
  }

  private void tell(Outcome end) {
    ended(end.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    retry(
        () -> {
          if (!unsent.isEmpty()) {
            work.report(lease.attempt(), lease.token(), List.copyOf(unsent), checkpoint);
            unsent.clear();
          }
          work.tell(lease.attempt(), lease.token(), end);
        });
  }

  /** A result is worth waiting for a database that is away; whether in time is the lease's word. */
  private void retry(Runnable write) {
    for (int tries = 1; ; tries++) {
      try {
        write.run();
        return;
      } catch (Aborted lost) {
        LOG.warnf("%s: %s", lease.attempt().name(), lost.getMessage());
        return;
      } catch (DomainException.Unavailable away) {
        if (tries == TELL_TRIES || !Pauses.of(TELL_PAUSE)) {
          LOG.warnf("%s: its end was not stored: %s", lease.attempt().name(), away.getMessage());
          return;
        }
      }
    }
  }
}
