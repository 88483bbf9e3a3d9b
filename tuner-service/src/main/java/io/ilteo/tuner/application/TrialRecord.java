package io.ilteo.tuner.application;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Port: what is done with a study's record, beside running its trials. */
public interface TrialRecord {
  /** Adds finished trials from elsewhere: history, but no part of the budget. */
  List<Trial> importTrials(StudyId study, List<Imported> trials, Change change);

  /** Queues the best {@code topK} trials again, each on {@code seeds} fresh seeds. */
  void confirm(StudyId study, int topK, int seeds, Change change);

  /** Computes every suggestion again from the record. */
  Replay replay(StudyId study, TrialQueue.Proposer proposer);

  /** A finished trial from elsewhere; one finite value for each objective. */
  record Imported(
      Configuration configuration, Map<String, Double> metrics, List<Double> objectives) {
    public Imported {
      metrics = Map.copyOf(metrics);
      objectives = List.copyOf(objectives);
    }
  }

  /** How a replay went: proposed trials, those that came out the same, the first that did not. */
  record Replay(int suggestions, int reproduced, Optional<TrialId> firstDifference) {}
}
