package io.ilteo.tuner.report;

import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import io.ilteo.tuner.report.figure.Figure;
import io.ilteo.tuner.report.figure.Plot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/** Turns figures into the blocks of a report; every sentence follows from the numbers by rule. */
final class ReportComposer {
  private static final int MAX_METRICS = 6;

  private final Wording wording;
  private final EvidenceComposer evidence;
  private final GroundsComposer grounds;

  ReportComposer(Wording wording) {
    this.wording = wording;
    this.grounds = new GroundsComposer(wording);
    this.evidence = new EvidenceComposer(wording);
  }

  /**
   * The whole report.
   *
   * @param without studies of which no trial has completed
   */
  List<Block> compose(List<StudyResult> results, List<Study> without, LocalDate today) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(1, wording.say("title")));
    blocks.add(new Block.Paragraph(wording.say("written", today)));
    overview(blocks, results, without);
    SideBySide sideBySide = new SideBySide(wording, evidence);
    blocks.addAll(sideBySide.compose(results));
    for (StudyResult result : results) {
      study(blocks, result);
    }
    blocks.add(new Block.Heading(2, wording.say("conclusions")));
    List<String> conclusions = new ArrayList<>();
    results.forEach(result -> conclusions.add(conclusion(result)));
    without.forEach(study -> conclusions.add(wording.say("conclusion.none", study.displayName())));
    conclusions.addAll(sideBySide.conclusions(results));
    if (results.stream().anyMatch(result -> result.evaluations().isEmpty())) {
      conclusions.add(wording.say("conclusion.optimism"));
    }
    blocks.add(new Block.Bullets(conclusions));
    blocks.addAll(new Glossary(wording).compose(results));
    blocks.add(new Block.Heading(3, wording.say("rules")));
    blocks.add(
        new Block.Bullets(
            List.of(
                wording.say("rules.test"),
                wording.say("rules.models"),
                wording.say("rules.validation"))));
    return blocks;
  }

  private void overview(List<Block> blocks, List<StudyResult> results, List<Study> without) {
    blocks.add(new Block.Heading(2, wording.say("overview")));
    List<Study> all = new ArrayList<>();
    results.forEach(result -> all.add(result.study()));
    all.addAll(without);
    List<List<String>> rows = new ArrayList<>();
    for (Study study : all) {
      rows.add(
          List.of(
              study.displayName(),
              wording.say("state." + study.state()),
              Integer.toString(study.progress().completed()),
              Integer.toString(study.progress().pruned()),
              Integer.toString(study.progress().failed()),
              Integer.toString(study.spec().getBudget()),
              Figures.span(spent(study), wording)));
    }
    blocks.add(
        new Block.Table(
            List.of(
                wording.say("study"),
                wording.say("state"),
                wording.say("completed"),
                wording.say("pruned"),
                wording.say("failed"),
                wording.say("budget"),
                wording.say("duration")),
            rows));
  }

  private static Duration spent(Study study) {
    return study
        .startedAt()
        .map(from -> Duration.between(from, study.endedAt().orElseGet(Instant::now)))
        .orElse(Duration.ZERO);
  }

  private void study(List<Block> blocks, StudyResult result) {
    Study study = result.study();
    blocks.add(new Block.Heading(2, study.displayName()));
    blocks.addAll(grounds.method(study));
    blocks.add(new Block.Heading(3, wording.say("best")));
    blocks.add(
        new Block.Paragraph(
            wording.say(
                "best.sentence",
                result.best().id().name(),
                objective(study).metric(),
                Figures.number(result.best().objectives().getFirst()))));
    blocks.add(parameters(result.best()));
    blocks.add(new Block.Heading(3, wording.say("comparison")));
    blocks.add(comparison(result));
    verdict(result)
        .ifPresent(verdict -> blocks.add(new Block.Paragraph(sentence(verdict, result))));
    if (result.isSearch()) {
      blocks.add(history(result));
    }
    blocks.addAll(evidence.importance(result));
    blocks.addAll(grounds.choices(result));
    blocks.addAll(evidence.curves(result));
    blocks.addAll(evidence.confirmations(result));
    blocks.addAll(evidence.testFold(result));
    blocks.addAll(grounds.cost(result));
    blocks.addAll(grounds.lineage(result));
  }

  private Block parameters(Trial best) {
    List<List<String>> rows =
        best.configuration().values().entrySet().stream()
            .map(entry -> List.of(entry.getKey(), figure(entry.getValue())))
            .toList();
    return new Block.Table(List.of(wording.say("parameter"), wording.say("value")), rows);
  }

  /** Four digits of what a sampler drew, all of what a person typed. */
  private static String figure(ParameterValue value) {
    if (value instanceof ParameterValue.DoubleValue(double number)) {
      String exact = Figures.exact(number);
      String rounded = Figures.number(number);
      return exact.length() < rounded.length() ? exact : rounded;
    }
    return value.toString();
  }

  /** The winner, the first model, and the baselines on the same rows of the validation fold. */
  private Block comparison(StudyResult result) {
    List<String> metrics = metrics(result);
    List<String> header = new ArrayList<>(List.of(wording.say("model")));
    header.addAll(metrics);
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(wording.say(result.isSearch() ? "tuned" : "only"), result.best(), metrics));
    if (!result.first().id().equals(result.best().id())) {
      rows.add(row(wording.say("first"), result.first(), metrics));
    }
    for (Score score : result.study().baselines()) {
      rows.add(row(score, metrics));
    }
    return new Block.Table(header, rows);
  }

  /**
   * The objective first, then what the baselines report, then what else the winner has; not what
   * one of them is by group (accuracy_sex_1).
   */
  private static List<String> metrics(StudyResult result) {
    SequencedSet<String> names = new LinkedHashSet<>();
    result.study().objectives().forEach(objective -> names.add(objective.metric()));
    result
        .study()
        .baselines()
        .forEach(score -> score.getMetricsList().forEach(metric -> names.add(metric.getName())));
    result.best().metrics().keySet().stream().sorted().forEach(names::add);
    return ofEverybody(names);
  }

  /** The first few names that are not another's by group; what intervals do comes last. */
  static List<String> ofEverybody(SequencedSet<String> names) {
    return names.stream()
        .filter(name -> names.stream().noneMatch(other -> name.startsWith(other + "_")))
        .sorted(Comparator.comparing(ReportComposer::isOfIntervals))
        .limit(MAX_METRICS)
        .toList();
  }

  private static boolean isOfIntervals(String name) {
    return name.startsWith("coverage_") || name.startsWith("width_");
  }

  private static List<String> row(String name, Trial trial, List<String> metrics) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (String metric : metrics) {
      Double value = trial.metrics().get(metric);
      cells.add(value == null ? "–" : Figures.number(value));
    }
    return cells;
  }

  private static List<String> row(Score score, List<String> metrics) {
    List<String> cells = new ArrayList<>(List.of(score.getName()));
    for (String name : metrics) {
      cells.add(
          score.getMetricsList().stream()
              .filter(metric -> metric.getName().equals(name))
              .findFirst()
              .map(ReportComposer::estimate)
              .orElse("–"));
    }
    return cells;
  }

  private static String estimate(MetricEstimate metric) {
    return Figures.interval(metric.getValue(), metric.getLower(), metric.getUpper());
  }

  private Block history(StudyResult result) {
    Objective objective = objective(result.study());
    boolean minimize = objective.direction() == Direction.MINIMIZE;
    List<Double> numbers = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<Double> bests = new ArrayList<>();
    double best = minimize ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    for (Trial trial : result.finished()) {
      double value = trial.objectives().getFirst();
      best = minimize ? Math.min(best, value) : Math.max(best, value);
      numbers.add((double) trial.id().number());
      values.add(value);
      bests.add(best);
    }
    List<Plot.Reference> baseline =
        verdict(result).stream()
            .map(
                verdict ->
                    new Plot.Reference(
                        wording.say("baseline", verdict.baseline()), verdict.estimate().getValue()))
            .toList();
    return new Block.Chart(
        "history",
        new Figure(
            wording.say("history"),
            wording.say(
                "history.alternative",
                Figures.number(bests.getFirst()),
                Figures.number(bests.getLast()),
                bests.size()),
            new Plot.Lines(
                new Plot.Axes(wording.say("trial"), objective.metric()),
                List.of(
                    new Plot.Series(
                        wording.say("history.best"), Plot.Series.Style.STEP, numbers, bests),
                    new Plot.Series(
                        wording.say("history.trials"), Plot.Series.Style.DOTS, numbers, values)),
                baseline)));
  }

  private String conclusion(StudyResult result) {
    Optional<String> test =
        result.evaluations().stream()
            .flatMap(
                evaluation -> evidence.testVerdict(objective(result.study()), evaluation).stream())
            .findFirst();
    if (test.isPresent()) {
      // What the untouched fold says goes before what the fold that chose the winner says.
      return result.study().displayName() + ": " + test.get();
    }
    return verdict(result)
        .map(verdict -> result.study().displayName() + ": " + sentence(verdict, result))
        .orElseGet(() -> wording.say("conclusion.bare", result.study().displayName()));
  }

  private static Optional<Verdict> verdict(StudyResult result) {
    return Verdict.of(
        objective(result.study()),
        result.best().objectives().getFirst(),
        result.study().baselines());
  }

  private String sentence(Verdict verdict, StudyResult result) {
    return wording.say(
        "verdict." + verdict.kind(),
        objective(result.study()).metric(),
        verdict.baseline(),
        estimate(verdict.estimate()),
        Figures.number(Math.abs(verdict.improvement()) * 100),
        wording.say(result.isSearch() ? "subject.tuned" : "subject.only"));
  }

  private static Objective objective(Study study) {
    return study.objectives().getFirst();
  }
}
