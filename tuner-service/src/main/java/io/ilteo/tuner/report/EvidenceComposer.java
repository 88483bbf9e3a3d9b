package io.ilteo.tuner.report;

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

/** What speaks for or against a winner: its curve, importance, fresh seeds and the test fold. */
final class EvidenceComposer {
  private static final int MAX_CURVES = 4;

  /** Shares of variance from fewer trials are mostly chance. */
  private static final int FEW_TRIALS = 20;

  private static final String TRAINING = "train_";

  private final Wording wording;
  private final DiagnosticsComposer diagnostics;

  EvidenceComposer(Wording wording) {
    this.wording = wording;
    this.diagnostics = new DiagnosticsComposer(wording);
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
                        wording.say("percent", Figures.number(share.getValue() * 100))))
            .toList();
    int trials = result.finished().size();
    String said =
        wording.say(
            "importance.alternative", bars.getFirst().name(), bars.getFirst().figure(), trials);
    return List.of(
        new Block.Heading(3, wording.say("importance")),
        new Block.Chart(
            "importance",
            new Figure(
                wording.say("importance"),
                trials < FEW_TRIALS ? said + " " + wording.say("importance.few", FEW_TRIALS) : said,
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
                    (alternative + " " + best(result, name, points)).strip(),
                    new Plot.Lines(new Plot.Axes(wording.say("epoch"), name), series, List.of()))));
      }
    }
    if (!blocks.isEmpty()) {
      blocks.addFirst(new Block.Heading(3, wording.say("training")));
    }
    return blocks;
  }

  /** Where the watched figure was best: the network of that epoch is the one that was kept. */
  private String best(StudyResult result, String name, List<Measurement> points) {
    Objective watched = result.study().objectives().getFirst();
    if (!watched.metric().equals(name)) {
      return "";
    }
    Comparator<Measurement> byLoss =
        Comparator.comparingDouble(point -> watched.direction().loss(value(point, name)));
    Measurement best = points.stream().min(byLoss).orElseThrow();
    return wording.say("curve.best", Figures.number(value(best, name)), best.step());
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
      List<Score> scores = new ArrayList<>();
      scores.add(evaluation.getModel().toBuilder().setName(wording.say("row.model")).build());
      scores.addAll(evaluation.getBaselinesList());
      blocks.add(scores(scores, result.study().objectives().getFirst()));
      if (evaluation.getDifferencesCount() > 0) {
        blocks.add(new Block.Paragraph(wording.say("test.differences")));
        blocks.add(scores(evaluation.getDifferencesList(), result.study().objectives().getFirst()));
        testVerdict(result.study().objectives().getFirst(), evaluation)
            .ifPresent(sentence -> blocks.add(new Block.Paragraph(sentence)));
      }
      String unit = result.unit(result.study().objectives().getFirst().metric());
      blocks.addAll(diagnostics.compose(evaluation.getDiagnostics(), unit));
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

  static Optional<MetricEstimate> metric(List<Score> scores, String name, String metric) {
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
}
