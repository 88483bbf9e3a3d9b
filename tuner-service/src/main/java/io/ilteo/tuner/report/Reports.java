package io.ilteo.tuner.report;

import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.StudyStore;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.StudyId;
import io.ilteo.tuner.domain.study.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Writes the report of one or more studies. */
public final class Reports {
  private static final int MAX_HISTORY = 1_000;

  /** Form of the file. */
  public enum Format {
    MARKDOWN,
    HTML
  }

  private final StudyStore studies;
  private final TrialReader trials;

  public Reports(StudyStore studies, TrialReader trials) {
    this.studies = studies;
    this.trials = trials;
  }

  /**
   * The report as text.
   *
   * @throws FailedPrecondition if no study has a completed trial
   */
  public String write(List<StudyId> ids, Locale locale, Format format) {
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
    List<Block> blocks = new ReportComposer(wording).compose(results, without);
    return switch (format) {
      case MARKDOWN -> MarkdownRenderer.render(blocks);
      case HTML -> HtmlRenderer.render(wording.language(), blocks);
    };
  }

  private Optional<StudyResult> result(Study study) {
    boolean maximize = study.objectives().getFirst().direction() == Direction.MAXIMIZE;
    List<Trial> ranked = completed(study.id(), TrialReader.Order.OBJECTIVE, maximize, 5);
    List<Trial> finished = completed(study.id(), TrialReader.Order.NUMBER, false, MAX_HISTORY);
    return ranked.isEmpty()
        ? Optional.empty()
        : Optional.of(new StudyResult(study, ranked, finished));
  }

  private List<Trial> completed(
      StudyId id, TrialReader.Order order, boolean descending, int limit) {
    return trials
        .list(new TrialReader.Query(id, Set.of(TrialState.COMPLETED), order, descending, 0, limit))
        .trials();
  }
}
