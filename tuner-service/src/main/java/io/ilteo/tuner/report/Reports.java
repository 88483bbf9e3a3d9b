package io.ilteo.tuner.report;

import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.Unavailable;
import io.ilteo.tuner.application.Confirmation;
import io.ilteo.tuner.application.ModelServices;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.domain.analysis.Importance;
import io.ilteo.tuner.domain.sampler.FinishedTrial;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialOrigin;
import io.ilteo.tuner.domain.study.TrialState;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the report of one or more studies. */
public final class Reports {
  private static final int MAX_HISTORY = 1_000;
  private static final int MAX_STEPS = 10_000;

  /** Form of the file. */
  public enum Format {
    MARKDOWN,
    HTML
  }

  private final StudyStore studies;
  private final TrialReader trials;
  private final ModelServices services;

  public Reports(StudyStore studies, TrialReader trials, ModelServices services) {
    this.studies = studies;
    this.trials = trials;
    this.services = services;
  }

  /**
   * Writes the report.
   *
   * @throws FailedPrecondition if no study has a completed trial
   */
  public Report write(List<StudyId> ids, Locale locale, Format format) {
    List<StudyResult> results = new ArrayList<>();
    List<Study> without = new ArrayList<>();
    for (StudyId id : ids) {
      Study study = studies.get(id);
      result(study).ifPresentOrElse(results::add, () -> without.add(study));
    }
    if (results.isEmpty()) {
      throw new FailedPrecondition(
          "no trial has completed in " + ids.stream().map(StudyId::name).toList());
    }
    Wording wording = new Wording(locale);
    List<Block> blocks =
        new ReportComposer(wording).compose(results, without, LocalDate.now(ZoneOffset.UTC));
    return switch (format) {
      case MARKDOWN -> MarkdownRenderer.render(blocks, folder(ids, wording.language()));
      case HTML -> new Report(HtmlRenderer.render(wording.language(), blocks), List.of());
    };
  }

  /** Where the figures lie, beside the report: each report of each language has its own. */
  private static String folder(List<StudyId> ids, String language) {
    return ids.stream()
        .map(id -> Long.toString(id.value()))
        .collect(Collectors.joining("-", "report-", "." + language + ".figures"));
  }

  private Optional<StudyResult> result(Study study) {
    boolean maximize = study.objectives().getFirst().direction() == Direction.MAXIMIZE;
    List<Trial> ranked = completed(study.id(), TrialReader.Order.OBJECTIVE, maximize, 5);
    List<Trial> finished = completed(study.id(), TrialReader.Order.NUMBER, false, MAX_HISTORY);
    if (ranked.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StudyResult(
            study,
            ranked,
            finished,
            importance(study, finished),
            trials.measurements(ranked.getFirst().id(), -1, MAX_STEPS),
            trials.confirmations(study.id()),
            trials.cost(study.id()),
            study.isDispatched()
                ? services.evaluated(study.spec().getTask(), study.id())
                : List.of(),
            study.isDispatched() ? metrics(study.spec().getTask()) : List.of()));
  }

  private List<MetricSpec> metrics(String task) {
    try {
      return services.describe(task).getMetricsList();
    } catch (Unavailable away) {
      // The numbers are in this database; a report is not worth less for want of their units.
      return List.of();
    }
  }

  private static Map<String, Double> importance(Study study, List<Trial> finished) {
    if (finished.size() < 2) {
      return Map.of();
    }
    Direction direction = study.objectives().getFirst().direction();
    List<FinishedTrial> history =
        finished.stream()
            .map(
                trial ->
                    new FinishedTrial(
                        trial.id().number(),
                        trial.configuration(),
                        List.of(direction.loss(trial.objectives().getFirst())),
                        0))
            .toList();
    return Importance.of(study.space(), history, 0, "ped_anova");
  }

  /** Trials of the search: a winner's fresh seeds would win again by chance. */
  private List<Trial> completed(
      StudyId id, TrialReader.Order order, boolean descending, int limit) {
    int confirming = trials.confirmations(id).stream().mapToInt(Confirmation::seeds).sum();
    return trials
        .list(
            new TrialReader.Query(
                id, Set.of(TrialState.COMPLETED), order, descending, 0, limit + confirming))
        .trials()
        .stream()
        .filter(trial -> trial.origin() != TrialOrigin.CONFIRMATION)
        .limit(limit)
        .toList();
  }
}
