package io.ilteo.cli.client;

import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.StudyProgress;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** A study as one line: bar, trials, best value beside the best baseline, time left. */
public final class StudyProgressLine {
  private static final int BAR_CELLS = 24;
  private static final String SEPARATOR = " · ";

  private StudyProgressLine() {}

  /** The line for {@code study}. */
  public static String of(Study study) {
    StudyProgress progress = study.getProgress();
    int budget = study.getSpec().getBudget();
    int finished = progress.getCompleted() + progress.getPruned();
    int filled = budget == 0 ? 0 : Math.min(BAR_CELLS, BAR_CELLS * finished / budget);
    StringBuilder line = new StringBuilder();
    line.append(String.format("%-18s ", label(study)));
    line.append("█".repeat(filled)).append("░".repeat(BAR_CELLS - filled));
    line.append(String.format(" %d/%d", finished, budget));
    if (progress.getBestValuesCount() > 0) {
      line.append("  best ").append(objective(study).getMetric()).append(' ');
      line.append(Values.number(progress.getBestValues(0)));
      bestBaseline(study).ifPresent(score -> line.append(" (").append(score).append(')'));
    }
    if (progress.getFailed() > 0) {
      line.append("  failed ").append(progress.getFailed());
    }
    if (progress.hasTimeLeft() && finished < budget) {
      line.append("  ").append(text(Duration.ofSeconds(progress.getTimeLeft().getSeconds())));
      line.append(" left");
    }
    if (!study.getStateReason().isEmpty() && finished < budget) {
      line.append("  ").append(study.getStateReason());
    }
    return line.toString();
  }

  /** The study's first objective. */
  public static Objective objective(Study study) {
    return study.getSpec().getObjectivesCount() == 0
        ? Objective.getDefaultInstance()
        : study.getSpec().getObjectives(0);
  }

  /** What the study calls itself: {@code panel · model}, of which the model tells it apart. */
  private static String label(Study study) {
    String name = study.getDisplayName();
    int model = name.lastIndexOf(SEPARATOR);
    if (model >= 0) {
      return name.substring(model + SEPARATOR.length());
    }
    return study.getSpec().getTask().isEmpty() ? study.getName() : study.getSpec().getTask();
  }

  private static Optional<String> bestBaseline(Study study) {
    Objective objective = objective(study);
    String metric = objective.getMetric();
    Comparator<Score> byMetric =
        Comparator.comparingDouble(score -> Values.metric(score, metric).orElse(Double.NaN));
    if (objective.getDirection() == Direction.DIRECTION_MAXIMIZE) {
      byMetric = byMetric.reversed();
    }
    return study.getBaselinesList().stream()
        .filter(score -> Values.metric(score, metric).isPresent())
        .min(byMetric)
        .map(
            score ->
                score.getName() + " " + Values.number(Values.metric(score, metric).orElseThrow()));
  }

  private static String text(Duration left) {
    return left.toMinutes() == 0
        ? left.toSeconds() + " s"
        : left.toMinutes() + " min " + left.toSecondsPart() + " s";
  }
}
