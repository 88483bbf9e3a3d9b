package io.ilteo.tuner.report;

import io.ilteo.proto.model.v1.Diagnostics;
import io.ilteo.proto.model.v1.Evaluation;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.tuner.application.Confirmation;
import io.ilteo.tuner.application.Measurement;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.report.figure.Figure;
import io.ilteo.tuner.report.figure.Plot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What speaks for or against a winner: its curve, importance, fresh seeds and the test fold. */
final class EvidenceComposer {
  private static final int MAX_CURVES = 4;
  private static final String TRAINING = "train_";
  private static final String WAGE_BAND = "wage_band=";
  private static final Pattern NUMBER = Pattern.compile("[0-9]+([.][0-9]+)?");

  private final Wording wording;

  EvidenceComposer(Wording wording) {
    this.wording = wording;
  }

  /** Parameters by their share of the objective's variance, the largest first. */
  List<Block> importance(StudyResult result) {
    if (result.importance().isEmpty()) {
      return List.of();
    }
    List<Plot.Bar> bars =
        result.importance().entrySet().stream()
            .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
            .map(
                share ->
                    new Plot.Bar(
                        share.getKey(),
                        share.getValue(),
                        Figures.number(share.getValue() * 100) + " %"))
            .toList();
    return List.of(
        new Block.Heading(3, wording.say("importance")),
        new Block.Chart(
            "importance",
            new Figure(
                wording.say("importance"),
                wording.say(
                    "importance.alternative", bars.getFirst().name(), bars.getFirst().figure()),
                new Plot.Bars(wording.say("importance.share"), bars))));
  }

  /**
   * The winner's training: a chart for each metric, its training figure beside the validation's.
   */
  List<Block> curves(StudyResult result) {
    SequencedSet<String> names = new LinkedHashSet<>();
    result.study().objectives().forEach(objective -> names.add(objective.metric()));
    result.curve().stream()
        .flatMap(point -> point.metrics().keySet().stream().sorted())
        .filter(name -> name.equals(TRAINING + "loss") || name.endsWith("accuracy"))
        .forEach(names::add);
    List<Block> blocks = new ArrayList<>();
    for (String name : names) {
      List<Measurement> points = reported(result, name);
      if (points.size() > 1 && blocks.size() < MAX_CURVES) {
        List<Plot.Series> series = new ArrayList<>();
        series.add(
            line(
                wording.say(name.startsWith(TRAINING) ? "curve.training" : "curve.validation"),
                name,
                points));
        List<Measurement> training = reported(result, TRAINING + name);
        if (training.size() > 1) {
          series.add(line(wording.say("curve.training"), TRAINING + name, training));
        }
        String alternative =
            wording.say(
                "curve.alternative",
                name,
                Figures.number(value(points.getFirst(), name)),
                Figures.number(value(points.getLast(), name)),
                points.size());
        blocks.add(
            new Block.Chart(
                "training-" + slug(name),
                new Figure(
                    wording.say("curve", name),
                    alternative,
                    new Plot.Lines(new Plot.Axes(wording.say("epoch"), name), series, List.of()))));
      }
    }
    if (!blocks.isEmpty()) {
      blocks.addFirst(new Block.Heading(3, wording.say("training")));
    }
    return blocks;
  }

  private static List<Measurement> reported(StudyResult result, String name) {
    return result.curve().stream().filter(point -> Double.isFinite(value(point, name))).toList();
  }

  /** NaN where the metric was not reported. */
  private static double value(Measurement point, String name) {
    return point.metrics().getOrDefault(name, Double.NaN);
  }

  private static Plot.Series line(String label, String name, List<Measurement> points) {
    return new Plot.Series(
        label,
        Plot.Series.Style.LINE,
        points.stream().map(point -> (double) point.step()).toList(),
        points.stream().map(point -> value(point, name)).toList());
  }

  static String slug(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  /** Winners on fresh seeds, with intervals and the optimism gap. */
  List<Block> confirmations(StudyResult result) {
    if (result.confirmations().isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    for (Confirmation confirmation : result.confirmations()) {
      boolean several = confirmation.objectives().size() > 1;
      for (Confirmation.Measured measured : confirmation.objectives()) {
        Optional<Confirmation.Estimate> estimate = measured.estimate();
        String metric = several ? " · " + measured.objective().metric() : "";
        rows.add(
            List.of(
                confirmation.trial().name() + metric,
                Figures.number(measured.selectedValue()),
                Integer.toString(measured.values().size()),
                estimate.map(e -> Figures.interval(e.mean(), e.lower(), e.upper())).orElse("–"),
                estimate.map(e -> Figures.number(e.optimismGap())).orElse("–")));
      }
    }
    return List.of(
        new Block.Heading(3, wording.say("confirmation")),
        new Block.Table(
            List.of(
                wording.say("trial"),
                wording.say("confirmation.selected"),
                wording.say("confirmation.seeds"),
                wording.say("confirmation.mean"),
                wording.say("confirmation.gap")),
            rows));
  }

  /** Every reading of the test fold on this study's behalf. */
  List<Block> testFold(StudyResult result) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(3, wording.say("test")));
    if (result.evaluations().isEmpty()) {
      blocks.add(new Block.Paragraph(wording.say("test.none")));
    }
    for (Evaluation evaluation : result.evaluations()) {
      blocks.add(
          new Block.Paragraph(
              wording.say(
                  "test.record",
                  evaluation.getModelVersion(),
                  evaluation.getTestSequences(),
                  evaluation.getTestPersons())));
      List<Score> scores = new ArrayList<>(List.of(evaluation.getModel()));
      scores.addAll(evaluation.getBaselinesList());
      blocks.add(scores(scores, result.study().objectives().getFirst()));
      if (evaluation.getDifferencesCount() > 0) {
        blocks.add(new Block.Paragraph(wording.say("test.differences")));
        blocks.add(scores(evaluation.getDifferencesList(), result.study().objectives().getFirst()));
        testVerdict(result.study().objectives().getFirst(), evaluation)
            .ifPresent(sentence -> blocks.add(new Block.Paragraph(sentence)));
      }
      blocks.addAll(diagnostics(evaluation.getDiagnostics()));
    }
    return blocks;
  }

  /** Better, worse or not to be told apart, by the interval of the difference from the best one. */
  Optional<String> testVerdict(Objective objective, Evaluation evaluation) {
    return Verdict.bestBaseline(objective, evaluation.getBaselinesList())
        .flatMap(
            best ->
                metric(evaluation.getDifferencesList(), best, objective.metric())
                    .map(difference -> sentence(objective, best, difference)));
  }

  /** The same as one word: better, equal or worse. */
  Optional<String> testKind(Objective objective, Evaluation evaluation) {
    return Verdict.bestBaseline(objective, evaluation.getBaselinesList())
        .flatMap(best -> metric(evaluation.getDifferencesList(), best, objective.metric()))
        .map(difference -> kind(objective, difference));
  }

  private static String kind(Objective objective, MetricEstimate difference) {
    boolean minimize = objective.direction() == Direction.MINIMIZE;
    double worst = minimize ? difference.getUpper() : -difference.getLower();
    double best = minimize ? difference.getLower() : -difference.getUpper();
    return worst < 0 ? "better" : best > 0 ? "worse" : "equal";
  }

  private String sentence(Objective objective, String baseline, MetricEstimate difference) {
    return wording.say(
        "test.verdict." + kind(objective, difference),
        objective.metric(),
        baseline,
        Figures.interval(difference.getValue(), difference.getLower(), difference.getUpper()));
  }

  private static Optional<MetricEstimate> metric(List<Score> scores, String name, String metric) {
    return scores.stream()
        .filter(score -> score.getName().equals(name))
        .flatMap(score -> score.getMetricsList().stream())
        .filter(estimate -> estimate.getName().equals(metric))
        .findFirst();
  }

  private Block scores(List<Score> scores, Objective first) {
    SequencedSet<String> names = new LinkedHashSet<>(List.of(first.metric()));
    scores.forEach(score -> score.getMetricsList().forEach(metric -> names.add(metric.getName())));
    List<String> shown = ReportComposer.ofEverybody(names);
    List<String> header = new ArrayList<>(List.of(wording.say("model")));
    header.addAll(shown);
    List<List<String>> rows = new ArrayList<>();
    for (Score score : scores) {
      List<String> cells = new ArrayList<>(List.of(score.getName()));
      for (String name : shown) {
        cells.add(
            metric(List.of(score), score.getName(), name)
                .map(m -> Figures.interval(m.getValue(), m.getLower(), m.getUpper()))
                .orElse("–"));
      }
      rows.add(cells);
    }
    return new Block.Table(header, rows);
  }

  private List<Block> diagnostics(Diagnostics diagnostics) {
    List<Block> blocks = new ArrayList<>();
    if (diagnostics.getObservedCount() > 0) {
      blocks.add(
          chart(
              "scatter",
              wording.say("scatter.alternative", diagnostics.getObservedCount()),
              new Plot.Agreement(
                  new Plot.Axes(wording.say("observed"), wording.say("predicted")),
                  diagnostics.getObservedList(),
                  diagnostics.getPredictedList(),
                  false)));
      residuals(diagnostics).ifPresent(blocks::add);
    }
    if (diagnostics.getConfusionCount() > 0) {
      blocks.add(confusion(diagnostics));
    }
    List<Integer> filled = new ArrayList<>();
    for (int i = 0; i < diagnostics.getReliabilityCountCount(); i++) {
      if (diagnostics.getReliabilityCount(i) > 0) {
        filled.add(i);
      }
    }
    if (filled.size() > 1) {
      blocks.add(
          chart(
              "reliability",
              wording.say("reliability.alternative", filled.size()),
              new Plot.Agreement(
                  new Plot.Axes(wording.say("confidence"), wording.say("observed.share")),
                  filled.stream().map(diagnostics::getReliabilityConfidence).toList(),
                  filled.stream().map(diagnostics::getReliabilityAccuracy).toList(),
                  true)));
    }
    if (diagnostics.getGroupsCount() > 0) {
      blocks.add(new Block.Paragraph(wording.say("groups")));
      blocks.add(groups(diagnostics));
    }
    return blocks;
  }

  private Block chart(String kind, String alternative, Plot plot) {
    return new Block.Chart(kind, new Figure(wording.say(kind), alternative, plot));
  }

  /** By how much predictions lie above the observed wages, on average, from the lowest band up. */
  private Optional<Block> residuals(Diagnostics diagnostics) {
    List<Plot.Bar> bars =
        diagnostics.getGroupsList().stream()
            .filter(group -> group.getName().startsWith(WAGE_BAND))
            .sorted(Comparator.comparingDouble(EvidenceComposer::lowerEnd))
            .flatMap(
                group ->
                    metric(List.of(group), group.getName(), "bias").stream()
                        .map(
                            bias ->
                                new Plot.Bar(
                                    group.getName().substring(WAGE_BAND.length()),
                                    bias.getValue(),
                                    Figures.number(bias.getValue()))))
            .toList();
    return bars.size() < 2
        ? Optional.empty()
        : Optional.of(
            chart(
                "residuals",
                wording.say("residuals.alternative"),
                new Plot.Bars(wording.say("residuals.axis"), bars)));
  }

  private static double lowerEnd(Score group) {
    Matcher number = NUMBER.matcher(group.getName());
    return number.find() ? Double.parseDouble(number.group()) : Double.NEGATIVE_INFINITY;
  }

  private Block groups(Diagnostics diagnostics) {
    SequencedSet<String> names = new LinkedHashSet<>();
    diagnostics
        .getGroupsList()
        .forEach(group -> group.getMetricsList().forEach(metric -> names.add(metric.getName())));
    List<String> shown = ReportComposer.ofEverybody(names);
    List<String> header = new ArrayList<>(List.of(wording.say("group")));
    header.addAll(shown);
    List<List<String>> rows = new ArrayList<>();
    for (Score group : diagnostics.getGroupsList()) {
      List<String> cells = new ArrayList<>(List.of(group.getName()));
      for (String name : shown) {
        cells.add(
            metric(List.of(group), group.getName(), name)
                .map(m -> Figures.number(m.getValue()))
                .orElse("–"));
      }
      rows.add(cells);
    }
    return new Block.Table(header, rows);
  }

  private Block confusion(Diagnostics diagnostics) {
    long all = diagnostics.getConfusionList().stream().mapToLong(Long::longValue).sum();
    int size = diagnostics.getClassLabelsCount();
    long right = 0;
    for (int i = 0; i < size; i++) {
      right += diagnostics.getConfusion(i * size + i);
    }
    return chart(
        "confusion",
        wording.say("confusion.alternative", right, all),
        new Plot.Matrix(
            wording.say("observed"),
            wording.say("predicted"),
            diagnostics.getClassLabelsList(),
            diagnostics.getConfusionList()));
  }
}
