package io.ilteo.tuner.application;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import io.ilteo.tuner.application.TrialRecord.Imported;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gives a study the completed trials of an earlier one as history. They are copied as imported
 * trials, so that a replay needs nothing but the study's own record.
 */
public final class WarmStart {
  /** The best of the earlier study, at most. */
  private static final int MAX_TRIALS = 1_000;

  private final StudyStore studies;
  private final TrialReader trials;
  private final TrialRecord record;

  public WarmStart(StudyStore studies, TrialReader trials, TrialRecord record) {
    this.studies = studies;
    this.trials = trials;
    this.record = record;
  }

  /**
   * Checks that there is something to start from.
   *
   * @throws InvalidArgument if the earlier study has other objectives
   */
  void check(Study earlier, List<String> metrics) {
    List<String> theirs = earlier.objectives().stream().map(o -> o.metric()).toList();
    if (!theirs.equals(metrics)) {
      throw new InvalidArgument(
          "warm_start_from: %s optimises %s, not %s"
              .formatted(earlier.id().name(), theirs, metrics));
    }
  }

  /** Copies what lies in the new study's search space. */
  void importInto(Study study, Change change) {
    Study earlier = studies.get(StudyId.parse(study.spec().getWarmStartFrom()));
    check(earlier, study.objectives().stream().map(o -> o.metric()).toList());
    boolean maximize = earlier.objectives().getFirst().direction() == Direction.MAXIMIZE;
    TrialReader.Query best =
        new TrialReader.Query(
            earlier.id(),
            Set.of(TrialState.COMPLETED),
            TrialReader.Order.OBJECTIVE,
            maximize,
            0,
            MAX_TRIALS);
    List<Imported> imported = new ArrayList<>();
    for (Trial trial : trials.list(best).trials()) {
      if (trial.origin() == TrialOrigin.CONFIRMATION) {
        // The same configuration again: it would count several times.
        continue;
      }
      try {
        study.space().requireMember(trial.configuration());
        imported.add(new Imported(trial.configuration(), trial.metrics(), trial.objectives()));
      } catch (IllegalArgumentException outside) {
        // A configuration that the new space does not have teaches the sampler nothing.
        continue;
      }
    }
    record.importTrials(
        study.id(), imported, new Change(change.actor(), "warm start from " + earlier.id().name()));
  }
}
