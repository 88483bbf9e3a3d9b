package io.ilteo.tuner.report;

import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All models of a report in one table, as the test fold saw them, with the baselines below: does
 * one network for two targets do better than two networks, and is either better than none?
 *
 * <p>A column is what some study searched for. A model that learned two targets reports the second
 * one's figures under that task's name, e.g. {@code satisfaction_accuracy}, so that it has a cell
 * in both columns.
 */
final class SideBySide {
  private final Wording wording;
  private final EvidenceComposer evidence;

  SideBySide(Wording wording, EvidenceComposer evidence) {
    this.wording = wording;
    this.evidence = evidence;
  }

  /** A figure that some study searched for. */
  private record Column(String task, String metric) {
    Optional<MetricEstimate> of(String task, Score score) {
      String name = task.equals(this.task) ? metric : this.task + "_" + metric;
      return score.getMetricsList().stream()
          .filter(estimate -> estimate.getName().equals(name))
          .findFirst();
    }
  }

  /** Nothing where fewer than two models were evaluated: one has its own section. */
  List<Block> compose(List<StudyResult> results) {
    if (results.stream().filter(result -> !result.evaluations().isEmpty()).count() < 2) {
      return List.of();
    }
    SequencedSet<Column> columns = columns(results);
    List<List<String>> rows = new ArrayList<>();
    Map<String, List<String>> baselines = new LinkedHashMap<>();
    for (StudyResult result : results) {
      String task = result.study().spec().getTask();
      for (Evaluation evaluation : result.evaluations()) {
        List<String> row = row(result.study().displayName(), task, evaluation.getModel(), columns);
        row.add(verdict(result, evaluation));
        rows.add(row);
        for (Score score : evaluation.getBaselinesList()) {
          baselines.computeIfAbsent(
              score.getName() + " (" + task + ")",
              name -> {
                List<String> below = row(name, task, score, columns);
                below.add("");
                return below;
              });
        }
      }
    }
    rows.addAll(baselines.values());
    List<String> header = new ArrayList<>(List.of(wording.say("model")));
    columns.forEach(column -> header.add(title(column, results)));
    header.add(wording.say("sidebyside.verdict"));
    return List.of(
        new Block.Heading(2, wording.say("sidebyside")),
        new Block.Paragraph(wording.say("sidebyside.note")),
        new Block.Table(header, rows));
  }

  private String title(Column column, List<StudyResult> results) {
    String unit =
        results.stream()
            .filter(result -> result.study().spec().getTask().equals(column.task()))
            .map(result -> result.unit(column.metric()))
            .findFirst()
            .orElse("");
    return wording.measured(column.task() + " " + column.metric(), unit);
  }

  private static SequencedSet<Column> columns(List<StudyResult> results) {
    SequencedSet<Column> columns = new LinkedHashSet<>();
    for (StudyResult result : results) {
      for (Objective objective : result.study().objectives()) {
        String task = result.study().spec().getTask();
        String metric = objective.metric();
        // What a joint model says of another task belongs into that task's column.
        if (results.stream()
            .map(other -> other.study().spec().getTask())
            .noneMatch(other -> !other.equals(task) && metric.startsWith(other + "_"))) {
          columns.add(new Column(task, metric));
        }
      }
    }
    return columns;
  }

  /**
   * For each column, which model leads, which its interval leaves behind, and which it cannot be
   * told from. Nothing where a column has fewer than two models.
   */
  List<String> conclusions(List<StudyResult> results) {
    List<String> sentences = new ArrayList<>();
    for (Column column : columns(results)) {
      List<Rival> rivals = new ArrayList<>();
      boolean minimize = true;
      for (StudyResult result : results) {
        Study study = result.study();
        for (Objective objective : study.objectives()) {
          if (study.spec().getTask().equals(column.task())
              && objective.metric().equals(column.metric())) {
            minimize = objective.direction() == Direction.MINIMIZE;
          }
        }
        for (Evaluation evaluation : result.evaluations()) {
          column
              .of(study.spec().getTask(), evaluation.getModel())
              .ifPresent(estimate -> rivals.add(new Rival(study.displayName(), estimate)));
        }
      }
      if (rivals.size() > 1) {
        sentences.add(sentence(column, rivals, minimize));
      }
    }
    return sentences;
  }

  private record Rival(String name, MetricEstimate estimate) {
    String written() {
      return name
          + " "
          + Figures.interval(estimate.getValue(), estimate.getLower(), estimate.getUpper());
    }

    /** Whether the intervals do not touch. */
    boolean isApartFrom(Rival other) {
      return estimate.getUpper() < other.estimate.getLower()
          || other.estimate.getUpper() < estimate.getLower();
    }
  }

  private String sentence(Column column, List<Rival> rivals, boolean minimize) {
    Comparator<Rival> rising = Comparator.comparingDouble(rival -> rival.estimate().getValue());
    Rival first = rivals.stream().min(minimize ? rising : rising.reversed()).orElseThrow();
    String behind = named(rivals, rival -> rival != first && rival.isApartFrom(first));
    String level = named(rivals, rival -> rival != first && !rival.isApartFrom(first));
    String name = column.task() + " " + column.metric();
    StringBuilder text = new StringBuilder(wording.say("models.first", name, first.written()));
    if (!behind.isEmpty()) {
      text.append(' ').append(wording.say("models.behind", behind));
    }
    if (!level.isEmpty()) {
      text.append(' ').append(wording.say("models.level", level));
    }
    return text.toString();
  }

  private static String named(List<Rival> rivals, Predicate<Rival> which) {
    return rivals.stream().filter(which).map(Rival::written).collect(Collectors.joining("; "));
  }

  private static List<String> row(
      String name, String task, Score score, SequencedSet<Column> columns) {
    List<String> row = new ArrayList<>(List.of(name));
    for (Column column : columns) {
      row.add(
          column
              .of(task, score)
              .map(e -> Figures.interval(e.getValue(), e.getLower(), e.getUpper()))
              .orElse("–"));
    }
    return row;
  }

  private String verdict(StudyResult result, Evaluation evaluation) {
    return evidence
        .testKind(result.study().objectives().getFirst(), evaluation)
        .map(kind -> wording.say("sidebyside." + kind))
        .orElse("–");
  }
}
