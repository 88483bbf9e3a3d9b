package io.ilteo.tuner.report;

import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.tuner.application.Confirmation;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader;
import java.util.List;
import java.util.Map;

/**
 * What a report needs to know of one study.
 *
 * @param ranked completed trials, best first; at least one
 * @param finished completed trials by number, for the history
 * @param importance share of the objective's variance by parameter; empty below two trials
 * @param curve what the best trial reported, by step
 * @param confirmations winners run again on fresh seeds
 * @param cost what the search took
 * @param versions models whose reading of the test fold on this study's behalf is on record
 * @param metrics what the task says of its figures; empty while its service is away
 */
record StudyResult(
    Study study,
    List<Trial> ranked,
    List<Trial> finished,
    Map<String, Double> importance,
    List<Measurement> curve,
    List<Confirmation> confirmations,
    TrialReader.Cost cost,
    List<ModelVersion> versions,
    List<MetricSpec> metrics) {
  StudyResult {
    ranked = List.copyOf(ranked);
    finished = List.copyOf(finished);
    importance = Map.copyOf(importance);
    curve = List.copyOf(curve);
    confirmations = List.copyOf(confirmations);
    versions = List.copyOf(versions);
    metrics = List.copyOf(metrics);
    if (ranked.isEmpty()) {
      throw new IllegalArgumentException(study.id().name() + " has no completed trial");
    }
  }

  Trial best() {
    return ranked.getFirst();
  }

  Trial first() {
    return finished.getFirst();
  }

  /** Whether there was more than one trial to choose from. */
  boolean isSearch() {
    return finished.size() > 1;
  }

  /** The unit of a figure, empty where it has none or none is known. */
  String unit(String metric) {
    return metrics.stream()
        .filter(spec -> spec.getName().equals(metric))
        .map(MetricSpec::getUnit)
        .findFirst()
        .orElse("");
  }

  /** Readings of the test fold on this study's behalf. */
  List<Evaluation> evaluations() {
    return versions.stream()
        .flatMap(version -> version.getEvaluationsList().stream())
        .filter(evaluation -> evaluation.getStudy().equals(study.id().name()))
        .toList();
  }
}
