package io.ilteo.modelkit.hosting;

import com.google.protobuf.util.Timestamps;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.TestReading;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.registry.EvaluationRecords;
import io.ilteo.modelkit.registry.ModelVersions;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import io.ilteo.modelkit.training.PersonBootstrap;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Scored;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.proto.model.v1.EvaluateRequest;
import io.ilteo.proto.model.v1.EvaluateResponse;
import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Scores versions on their test folds: once for each version and study, on record before the fold
 * is opened.
 */
public final class Evaluations {
  private static final int REPLICATES = 1_000;
  private static final long BOOTSTRAP_SEED = 20_231_101;
  private static final int MAX_STUDY_NAME = 256;

  private final ModelTask task;
  private final PreparedPanels panels;
  private final ModelVersions versions;
  private final EvaluationRecords records;
  private final ScoringThread thread;

  public Evaluations(
      ModelTask task,
      PreparedPanels panels,
      ModelVersions versions,
      EvaluationRecords records,
      ScoringThread thread) {
    this.task = task;
    this.panels = panels;
    this.versions = versions;
    this.records = records;
    this.thread = thread;
  }

  EvaluateResponse evaluate(EvaluateRequest request) throws Exception {
    if (request.getStudy().length() > MAX_STUDY_NAME) {
      throw new InvalidArgument("study is longer than 256 characters");
    }
    ModelVersion version = versions.get(request.getModelVersion());
    if (!version.getName().equals(request.getModelVersion())) {
      throw new InvalidArgument(
          "model_version \"%s\" is an alias; a version like %s"
              .formatted(request.getModelVersion(), version.getName()));
    }
    return thread.run(() -> onThread(version, request.getStudy()));
  }

  private EvaluateResponse onThread(ModelVersion version, String study) {
    long number = versions.number(version.getName());
    Optional<Evaluation> recorded = records.find(number, study);
    if (recorded.isPresent()) {
      return EvaluateResponse.newBuilder().setEvaluation(recorded.get()).build();
    }
    // Everything that can fail for another reason comes before the fold is opened.
    PreparedData data = panels.fresh(version.getLineage().getData());
    LoadedNetworks loaded =
        LoadedNetworks.of(
            task,
            data,
            version.getArchitecture(),
            version.getParametersList(),
            versions.networks(version.getName()));
    List<SequenceNetwork> networks = loaded.networks();
    LearningProblem problem = loaded.problem();
    try (ModelTask.Baselines baselines = task.baselines(data)) {
      Scored calibration = Trainer.score(networks, problem, data.training(), data.validation());
      List<Baseline> calibrations = baselines.score(data.validation());
      var fold =
          data.folds()
              .test()
              .open(
                  new TestReading(version.getName(), study),
                  reading -> records.opening(number, study));
      Sequences test = data.transform().sequences(fold);
      Scored scored =
          Trainer.score(networks, problem, data.training(), test).calibrated(calibration);
      Evaluation evaluation =
          compare(scored, test, calibrated(baselines.score(test), calibrations)).toBuilder()
              .setModelVersion(version.getName())
              .setStudy(study)
              .setEvaluateTime(Timestamps.fromMillis(System.currentTimeMillis()))
              .build();
      return EvaluateResponse.newBuilder()
          .setEvaluation(records.keep(number, evaluation))
          .setTestFoldRead(true)
          .build();
    }
  }

  private static List<Baseline> calibrated(List<Baseline> scored, List<Baseline> calibrations) {
    return IntStream.range(0, scored.size())
        .mapToObj(
            k ->
                new Baseline(
                    scored.get(k).name(),
                    scored.get(k).scored().calibrated(calibrations.get(k).scored())))
        .toList();
  }

  private static Evaluation compare(Scored scored, Sequences test, List<Baseline> baselines) {
    int[] rows = scored.sequences();
    PersonBootstrap bootstrap =
        new PersonBootstrap(
            rows.length, row -> test.personId(rows[row]), REPLICATES, BOOTSTRAP_SEED);
    var metrics = scored.metrics();
    var intervals = bootstrap.intervals(scored, baselines.stream().map(Baseline::scored).toList());
    Evaluation.Builder evaluation =
        Evaluation.newBuilder()
            .setTestSequences(rows.length)
            .setTestPersons(bootstrap.persons())
            .setModel(ScoreMessages.withIntervals("model", metrics, intervals.first()))
            .setDiagnostics(DiagnosticMessages.of(scored, test, BOOTSTRAP_SEED));
    for (int i = 0; i < baselines.size(); i++) {
      Baseline baseline = baselines.get(i);
      var compared = baseline.scored().metrics();
      evaluation
          .addBaselines(
              ScoreMessages.withIntervals(baseline.name(), compared, intervals.others().get(i)))
          .addDifferences(
              ScoreMessages.withIntervals(
                  baseline.name(),
                  PersonBootstrap.minus(metrics, compared),
                  intervals.differences().get(i)));
    }
    return evaluation.build();
  }
}
