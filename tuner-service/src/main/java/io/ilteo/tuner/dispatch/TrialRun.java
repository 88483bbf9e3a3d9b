package io.ilteo.tuner.dispatch;

import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.model.v1.TrainRequest;
import io.ilteo.proto.model.v1.TrainResponse;
import io.ilteo.servicekit.error.DomainException;
import io.ilteo.servicekit.error.DomainException.Aborted;
import io.ilteo.tuner.application.Lease;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.ModelServices;
import io.ilteo.tuner.application.ModelServices.TrainingEnd;
import io.ilteo.tuner.application.Outcome;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.TrialQueue;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.wire.Spaces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One attempt at one trial: calls Train, streams measurements into the database, tells the end. */
final class TrialRun implements ModelServices.Listener {
  private static final Logger LOG = Logger.getLogger(TrialRun.class);

  private final Study study;
  private final Lease lease;
  private final TrialQueue queue;
  private final ModelServices services;
  private final BooleanSupplier shouldStop;
  private @Nullable Outcome outcome;
  private boolean leaseLost;

  /**
   * Makes a run.
   *
   * @param shouldStop whether a person has stopped the study
   */
  TrialRun(
      Study study,
      Lease lease,
      TrialQueue queue,
      ModelServices services,
      BooleanSupplier shouldStop) {
    this.study = study;
    this.lease = lease;
    this.queue = queue;
    this.services = services;
    this.shouldStop = shouldStop;
  }

  /** Runs to the end; returns why the service could not be used, if it could not. */
  Optional<String> run() {
    TrainingEnd end = services.train(study.spec().getTask(), request(), this);
    if (leaseLost) {
      return Optional.empty();
    }
    return switch (end) {
      case TrainingEnd.Cancelled cancelled -> tell(outcomeOr("training was cancelled"));
      case TrainingEnd.Ended ended -> tell(outcomeOr("the service ended without a result"));
      case TrainingEnd.Busy(String reason) -> giveBack(reason);
      case TrainingEnd.Gone(String reason) -> giveBack(reason);
      case TrainingEnd.Refused(String reason) -> tell(new Outcome.Failed("refused: " + reason));
    };
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
        .setResumeFrom(lease.trial().checkpoint())
        .setWatchMetric(study.objectives().getFirst().metric())
        .build();
  }

  @Override
  public boolean onEvent(TrainResponse event) {
    try {
      return switch (event.getEventCase()) {
        case STARTED -> report(List.of(), "");
        case EPOCH -> report(List.of(measurement(event.getEpoch())), "");
        case CHECKPOINT -> report(List.of(), event.getCheckpoint().getName());
        case FINISHED -> {
          outcome = completed(event.getFinished());
          yield true;
        }
        case DIVERGED -> {
          outcome =
              new Outcome.Failed(
                  "diverged at epoch %d: %s"
                      .formatted(event.getDiverged().getEpoch(), event.getDiverged().getReason()));
          yield true;
        }
        case EVENT_NOT_SET -> true;
      };
    } catch (Aborted lost) {
      LOG.warnf("%s: %s", lease.attempt().name(), lost.getMessage());
      leaseLost = true;
      return false;
    }
  }

  /** The database may be away for a while: the lease decides how long that is borne. */
  private boolean report(List<Measurement> measurements, String checkpoint) {
    try {
      queue.report(lease.attempt(), lease.token(), measurements, checkpoint);
    } catch (DomainException.Unavailable away) {
      LOG.warnf("%s: a report is lost for now: %s", lease.attempt().name(), away.getMessage());
    }
    if (shouldStop.getAsBoolean()) {
      outcome = new Outcome.Stopped("the study was stopped");
      return false;
    }
    return true;
  }

  private static Measurement measurement(TrainResponse.Epoch epoch) {
    Duration duration =
        Duration.ofSeconds(epoch.getDuration().getSeconds(), epoch.getDuration().getNanos());
    return Measurement.at(epoch.getEpoch(), metrics(epoch.getMetricsList()), duration);
  }

  private static Map<String, Double> metrics(List<MetricValue> values) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    values.forEach(metric -> metrics.put(metric.getName(), metric.getValue()));
    return metrics;
  }

  private Outcome completed(TrainResponse.Finished finished) {
    Map<String, Double> metrics = metrics(finished.getMetricsList());
    List<Double> objectives = new ArrayList<>();
    for (Objective objective : study.objectives()) {
      Double value = metrics.get(objective.metric());
      if (value == null) {
        return new Outcome.Failed("training reported no " + objective.metric());
      }
      if (!Double.isFinite(value)) {
        return new Outcome.Failed(objective.metric() + " is " + value);
      }
      objectives.add(value);
    }
    return new Outcome.Completed(metrics, objectives, finished.getCandidate());
  }

  private Outcome outcomeOr(String reason) {
    return outcome == null ? new Outcome.Preempted(reason) : outcome;
  }

  private Optional<String> giveBack(String reason) {
    tell(new Outcome.Preempted(reason));
    return Optional.of(reason);
  }

  /** A result is worth waiting for a database that is away, as long as the lease may hold. */
  private Optional<String> tell(Outcome end) {
    for (int tries = 0; ; tries++) {
      try {
        queue.tell(lease.attempt(), lease.token(), end);
        return Optional.empty();
      } catch (Aborted lost) {
        LOG.warnf("%s: %s", lease.attempt().name(), lost.getMessage());
        return Optional.empty();
      } catch (DomainException.Unavailable away) {
        if (tries == Dispatcher.TELL_TRIES || !Pauses.of(Dispatcher.TELL_PAUSE)) {
          return Optional.of(String.valueOf(away.getMessage()));
        }
      }
    }
  }
}
