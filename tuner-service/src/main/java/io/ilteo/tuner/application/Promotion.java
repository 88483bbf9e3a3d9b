package io.ilteo.tuner.application;

import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.tuner.application.Confirmation.Estimate;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.TrialId;
import java.util.OptionalDouble;

/** Makes a confirmed trial the model that serves: register, evaluate once, point the alias. */
public final class Promotion {
  private final StudyStore studies;
  private final TrialReader trials;
  private final ModelServices services;

  public Promotion(StudyStore studies, TrialReader trials, ModelServices services) {
    this.studies = studies;
    this.trials = trials;
    this.services = services;
  }

  /** What was promoted. */
  public record Promoted(String modelVersion, Evaluation evaluation) {}

  /**
   * Promotes the networks of the fresh seeds, as one ensemble.
   *
   * @param force promote although the interval does not clear the best baseline
   * @throws FailedPrecondition if the trial is not confirmed, or an objective's interval does not
   *     clear the best baseline
   */
  public Promoted promote(TrialId trial, String alias, boolean force, Change change) {
    Study study = studies.get(trial.study());
    if (!study.isDispatched()) {
      throw new FailedPrecondition(trial.study().name() + " has no task to promote a model of");
    }
    Confirmation confirmation =
        trials.confirmations(trial.study()).stream()
            .filter(candidate -> candidate.trial().equals(trial))
            .findFirst()
            .orElseThrow(() -> notConfirmed(trial));
    if (confirmation.open() > 0 || confirmation.candidates().isEmpty()) {
      throw notConfirmed(trial);
    }
    for (Confirmation.Measured measured : confirmation.objectives()) {
      Estimate estimate = measured.estimate().orElseThrow(() -> notConfirmed(trial));
      if (!force) {
        requireClear(study, measured.objective(), estimate);
      }
    }
    String task = study.spec().getTask();
    String version = services.register(task, confirmation.candidates());
    Evaluation evaluation = services.evaluate(task, version, study.id());
    studies.audited(
        study.id(),
        change,
        "trial.promote",
        trial.name(),
        version,
        () -> services.setAlias(task, alias, version, change.reason()));
    return new Promoted(version, evaluation);
  }

  private static FailedPrecondition notConfirmed(TrialId trial) {
    return new FailedPrecondition(
        trial.name() + " is not confirmed; run ConfirmWinners and wait for its seeds");
  }

  private static void requireClear(Study study, Objective objective, Estimate estimate) {
    boolean minimize = objective.direction() == Direction.MINIMIZE;
    OptionalDouble best =
        study.baselines().stream()
            .flatMap(score -> score.getMetricsList().stream())
            .filter(metric -> metric.getName().equals(objective.metric()))
            .mapToDouble(metric -> objective.direction().loss(metric.getValue()))
            .min();
    double worst = objective.direction().loss(minimize ? estimate.upper() : estimate.lower());
    if (best.isEmpty() || worst >= best.getAsDouble()) {
      throw new FailedPrecondition(
          "the interval [%.4g, %.4g] of %s does not clear the best baseline (%s); promote with force if you must"
              .formatted(
                  estimate.lower(),
                  estimate.upper(),
                  objective.metric(),
                  best.isEmpty()
                      ? "unknown yet"
                      : "%.4g".formatted(objective.direction().loss(best.getAsDouble()))));
    }
  }
}
