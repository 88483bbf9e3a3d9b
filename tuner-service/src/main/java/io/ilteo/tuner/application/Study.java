package io.ilteo.tuner.application;

import io.ilteo.proto.model.v1.FoldSizes;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.tuner.domain.space.SearchSpace;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.StudyState;
import io.ilteo.tuner.domain.study.Tags;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A study as it stands in the database.
 *
 * @param spec what is searched, every default filled in
 * @param baselines scores on the validation fold, empty until they are known
 * @param folds known with the baselines, unless an earlier build asked for these
 * @param version grows with every change a person makes
 */
public record Study(
    StudyId id,
    String displayName,
    StudyState state,
    String stateReason,
    String notes,
    Tags tags,
    StudySpec spec,
    SearchSpace space,
    int spaceVersion,
    List<Objective> objectives,
    Progress progress,
    List<Score> baselines,
    Optional<FoldSizes> folds,
    long version,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt) {
  public Study {
    objectives = List.copyOf(objectives);
    baselines = List.copyOf(baselines);
  }

  /** This study as it was under another version of its search space. */
  public Study withSpace(SearchSpace other, int version) {
    return new Study(
        id,
        displayName,
        state,
        stateReason,
        notes,
        tags,
        spec,
        other,
        version,
        objectives,
        progress,
        baselines,
        folds,
        this.version,
        createdAt,
        startedAt,
        endedAt);
  }

  /** Whether the tuner runs the trials itself, on the model service of {@code spec.task}. */
  public boolean isDispatched() {
    return !spec.getTask().isEmpty();
  }

  /**
   * How far the study is.
   *
   * @param inFlight trials that run or wait for another attempt
   */
  public record Progress(
      int completed,
      int pruned,
      int failed,
      int stopped,
      int running,
      int waiting,
      int inFlight,
      int lostAttempts,
      long historyLength,
      OptionalInt bestTrial,
      OptionalDouble bestValue) {
    /** Trials that count towards the budget. */
    public int finished() {
      return completed + pruned;
    }
  }
}
