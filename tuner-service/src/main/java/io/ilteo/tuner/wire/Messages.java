package io.ilteo.tuner.wire;

import com.google.protobuf.Timestamp;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.tuner.v1.Attempt;
import io.ilteo.proto.tuner.v1.AttemptState;
import io.ilteo.proto.tuner.v1.ConfirmedObjective;
import io.ilteo.proto.tuner.v1.StudyProgress;
import io.ilteo.proto.tuner.v1.StudyState;
import io.ilteo.proto.tuner.v1.TrialOrigin;
import io.ilteo.proto.tuner.v1.TrialState;
import io.ilteo.tuner.application.Confirmation;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore.AuditEvent;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import io.ilteo.tuner.domain.study.AttemptId;
import io.ilteo.tuner.domain.study.TrialId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the tuner knows, as contract messages. */
public final class Messages {
  private Messages() {}

  /** A study with the seeds of its winners. */
  public static io.ilteo.proto.tuner.v1.Study study(Study study, List<Confirmation> confirmations) {
    return study(study).toBuilder()
        .addAllConfirmations(
            confirmations.stream()
                .sorted(Comparator.comparingDouble(Messages::meanLoss))
                .map(Messages::confirmation)
                .toList())
        .build();
  }

  /** What confirmations are listed by: the first objective; those without a mean yet stand last. */
  private static double meanLoss(Confirmation confirmation) {
    Confirmation.Measured first = confirmation.first();
    return first
        .estimate()
        .map(estimate -> first.objective().direction().loss(estimate.mean()))
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** A study. */
  public static io.ilteo.proto.tuner.v1.Study study(Study study) {
    var message =
        io.ilteo.proto.tuner.v1.Study.newBuilder()
            .setName(study.id().name())
            .setDisplayName(study.displayName())
            .setState(StudyState.valueOf("STUDY_STATE_" + study.state()))
            .setSpec(study.spec())
            .setSearchSpaceVersion(study.spaceVersion())
            .setProgress(progress(study))
            .setCreateTime(timestamp(study.createdAt()))
            .setStateReason(study.stateReason())
            .setNotes(study.notes())
            .setEtag(Long.toString(study.version()))
            .addAllTags(study.tags().names())
            .addAllBaselines(study.baselines());
    study.folds().ifPresent(message::setFolds);
    study.startedAt().ifPresent(at -> message.setStartTime(timestamp(at)));
    study.endedAt().ifPresent(at -> message.setEndTime(timestamp(at)));
    return message.build();
  }

  private static StudyProgress progress(Study study) {
    Study.Progress progress = study.progress();
    var message =
        StudyProgress.newBuilder()
            .setCompleted(progress.completed())
            .setPruned(progress.pruned())
            .setFailed(progress.failed())
            .setRunning(progress.running())
            .setWaiting(progress.waiting())
            .setStopped(progress.stopped())
            .setLostAttempts(progress.lostAttempts());
    progress
        .bestTrial()
        .ifPresent(number -> message.setBestTrial(new TrialId(study.id(), number).name()));
    progress.bestValue().ifPresent(message::addBestValues);
    timeLeft(study).ifPresent(left -> message.setTimeLeft(duration(left)));
    return message.build();
  }

  /** Time so far, scaled by the trials that are left. */
  private static Optional<Duration> timeLeft(Study study) {
    int finished = study.progress().finished();
    if (study.startedAt().isEmpty() || finished == 0 || study.endedAt().isPresent()) {
      return Optional.empty();
    }
    Duration spent = Duration.between(study.startedAt().get(), Instant.now());
    int left = Math.max(0, study.spec().getBudget() - finished);
    return Optional.of(spent.multipliedBy(left).dividedBy(finished));
  }

  /** A trial. */
  public static io.ilteo.proto.tuner.v1.Trial trial(Trial trial) {
    var message =
        io.ilteo.proto.tuner.v1.Trial.newBuilder()
            .setName(trial.id().name())
            .setState(TrialState.valueOf("TRIAL_STATE_" + trial.state()))
            .addAllParameters(Spaces.write(trial.configuration()))
            .addAllMetrics(metrics(trial.metrics()))
            .addAllObjectives(trial.objectives())
            .setSearchSpaceVersion(trial.spaceVersion())
            .setSeed(trial.seed())
            .setHistoryCut(trial.historyCut())
            .setReason(trial.reason())
            .setCandidate(trial.candidate())
            .setOrigin(TrialOrigin.valueOf("TRIAL_ORIGIN_" + trial.origin()))
            .setLastStep(trial.lastStep())
            .setCreateTime(timestamp(trial.createdAt()));
    trial.startedAt().ifPresent(at -> message.setStartTime(timestamp(at)));
    trial.endedAt().ifPresent(at -> message.setEndTime(timestamp(at)));
    trial.decision().ifPresent(made -> message.setPruningDecision(decision(trial.id(), made)));
    trial.attempts().forEach(attempt -> message.addAttempts(attempt(trial.id(), attempt)));
    return message.build();
  }

  /** A confirmation. */
  private static io.ilteo.proto.tuner.v1.Confirmation confirmation(Confirmation confirmation) {
    Confirmation.Measured first = confirmation.first();
    var message =
        io.ilteo.proto.tuner.v1.Confirmation.newBuilder()
            .setTrial(confirmation.trial().name())
            .setSelectedValue(first.selectedValue())
            .addAllValues(first.values())
            .setOpen(confirmation.open());
    first
        .estimate()
        .ifPresent(
            estimate ->
                message
                    .setMean(estimate.mean())
                    .setLower(estimate.lower())
                    .setUpper(estimate.upper())
                    .setOptimismGap(estimate.optimismGap()));
    confirmation.objectives().forEach(measured -> message.addObjectives(objective(measured)));
    return message.build();
  }

  private static ConfirmedObjective objective(Confirmation.Measured measured) {
    ConfirmedObjective.Builder message =
        ConfirmedObjective.newBuilder()
            .setMetric(measured.objective().metric())
            .setSelectedValue(measured.selectedValue())
            .addAllValues(measured.values());
    measured
        .estimate()
        .ifPresent(
            estimate ->
                message
                    .setMean(estimate.mean())
                    .setLower(estimate.lower())
                    .setUpper(estimate.upper())
                    .setOptimismGap(estimate.optimismGap()));
    return message.build();
  }

  /** A pruner's decision about a trial. */
  public static io.ilteo.proto.tuner.v1.PruningDecision decision(
      TrialId trial, PruningDecision decision) {
    return io.ilteo.proto.tuner.v1.PruningDecision.newBuilder()
        .setRule(decision.rule())
        .setStep(decision.step())
        .setValue(decision.value())
        .setThreshold(decision.threshold())
        .setPruned(decision.pruned())
        .addAllComparisonSet(
            decision.comparisonSet().stream()
                .map(number -> new TrialId(trial.study(), number).name())
                .toList())
        .build();
  }

  private static Attempt attempt(TrialId trial, Trial.Attempt attempt) {
    var message =
        Attempt.newBuilder()
            .setName(new AttemptId(trial, attempt.number()).name())
            .setState(AttemptState.valueOf("ATTEMPT_STATE_" + attempt.state()))
            .setWorker(attempt.worker())
            .setReplica(attempt.replica())
            .setReason(attempt.reason())
            .setCheckpoint(attempt.checkpoint())
            .setStartTime(timestamp(attempt.startedAt()));
    attempt.endedAt().ifPresent(at -> message.setEndTime(timestamp(at)));
    return message.build();
  }

  /** Metrics, by name. */
  public static List<MetricValue> metrics(Map<String, Double> metrics) {
    return new TreeMap<>(metrics)
        .entrySet().stream()
            .map(
                entry ->
                    MetricValue.newBuilder()
                        .setName(entry.getKey())
                        .setValue(entry.getValue())
                        .build())
            .toList();
  }

  /** A measurement. */
  public static io.ilteo.proto.tuner.v1.Measurement measurement(Measurement measurement) {
    return io.ilteo.proto.tuner.v1.Measurement.newBuilder()
        .setStep(measurement.step())
        .addAllMetrics(metrics(measurement.metrics()))
        .setReportTime(timestamp(measurement.reportedAt()))
        .setDuration(duration(measurement.duration()))
        .build();
  }

  /** An audit event. */
  public static io.ilteo.proto.tuner.v1.AuditEvent event(AuditEvent event) {
    return io.ilteo.proto.tuner.v1.AuditEvent.newBuilder()
        .setEventTime(timestamp(event.happenedAt()))
        .setActor(event.actor())
        .setAction(event.action())
        .setSubject(event.subject())
        .setReason(event.reason())
        .setDetailJson(event.detailJson())
        .build();
  }

  /** A time. */
  public static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
