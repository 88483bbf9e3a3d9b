package io.ilteo.tuner.report;

import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.domain.study.Direction;
import io.ilteo.tuner.domain.study.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;

/** Turns figures into the blocks of a report; every sentence follows from the numbers by rule. */
final class ReportComposer {
  private static final int MAX_METRICS = 6;

  private final Wording wording;
  private final EvidenceComposer evidence;

  ReportComposer(Wording wording) {
    this.wording = wording;
    this.evidence = new EvidenceComposer(wording);
  }

  List<Block> compose(List<StudyResult> results, List<Study> without) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(1, wording.say("title")));
    overview(blocks, results, without);
    blocks.addAll(new SideBySide(wording, evidence).compose(results));
    for (StudyResult result : results) {
      study(blocks, result);
    }
    blocks.add(new Block.Heading(2, wording.say("conclusions")));
    List<String> conclusions = new ArrayList<>();
    results.forEach(result -> conclusions.add(conclusion(result)));
    without.forEach(study -> conclusions.add(wording.say("conclusion.none", study.displayName())));
    conclusions.add(wording.say("conclusion.optimism"));
    blocks.add(new Block.Bullets(conclusions));
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
              wording.say("minutes", Figures.number(spent(study).toSeconds() / 60.0))));
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
    verdict(result).ifPresent(verdict -> blocks.add(new Block.Paragraph(sentence(verdict, study))));
    blocks.add(history(result));
    blocks.addAll(evidence.importance(result));
    blocks.addAll(evidence.curves(result));
    blocks.addAll(evidence.confirmations(result));
    blocks.addAll(evidence.testFold(result));
    blocks.add(new Block.Heading(3, wording.say("method")));
    blocks.add(method(study));
    blocks.add(space(study));
  }

  private Block space(Study study) {
    List<List<String>> rows =
        study.space().parameters().stream()
            .map(spec -> List.of(spec.name(), spec.domain().describe()))
            .toList();
    return new Block.Table(List.of(wording.say("parameter"), wording.say("space.domain")), rows);
  }

  private Block parameters(Trial best) {
    List<List<String>> rows =
        best.configuration().values().entrySet().stream()
            .map(entry -> List.of(entry.getKey(), entry.getValue().toString()))
            .toList();
    return new Block.Table(List.of(wording.say("parameter"), wording.say("value")), rows);
  }

  /** The winner, the first model, and the baselines on the same rows of the validation fold. */
  private Block comparison(StudyResult result) {
    List<String> metrics = metrics(result);
    List<String> header = new ArrayList<>(List.of(wording.say("model")));
    header.addAll(metrics);
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(wording.say("tuned"), result.best(), metrics));
    rows.add(row(wording.say("first"), result.first(), metrics));
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

  /** The first few names that are not another's by group. */
  static List<String> ofEverybody(SequencedSet<String> names) {
    return names.stream()
        .filter(name -> names.stream().noneMatch(other -> name.startsWith(other + "_")))
        .limit(MAX_METRICS)
        .toList();
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
    boolean minimize = objective(result.study()).direction() == Direction.MINIMIZE;
    List<Double> numbers = new ArrayList<>();
    List<Double> bests = new ArrayList<>();
    double best = minimize ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    for (Trial trial : result.finished()) {
      double value = trial.objectives().getFirst();
      best = minimize ? Math.min(best, value) : Math.max(best, value);
      numbers.add((double) trial.id().number());
      bests.add(best);
    }
    return Block.Chart.line(
        wording.say("history"),
        wording.say(
            "history.alternative",
            Figures.number(bests.getFirst()),
            Figures.number(bests.getLast()),
            bests.size()),
        numbers,
        bests);
  }

  private Block method(Study study) {
    DataSpec data = study.spec().getData();
    List<String> items = new ArrayList<>();
    items.add(
        wording.say(
            "method.search",
            study.spec().getSampler().getName(),
            study.spec().getPruner().getName(),
            study.spec().getBudget(),
            study.spec().getSeed()));
    if (study.isDispatched()) {
      items.add(
          wording.say("method.model", study.spec().getTask(), study.spec().getArchitecture()));
      items.add(
          wording.say(
              "method.data",
              data.getPanel(),
              data.getProtocol().name().toLowerCase(Locale.ROOT).replace("protocol_", ""),
              data.getFoldSeed()));
    }
    if (study.progress().lostAttempts() > 0) {
      items.add(wording.say("method.lost", study.progress().lostAttempts()));
    }
    return new Block.Bullets(items);
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
        .map(verdict -> result.study().displayName() + ": " + sentence(verdict, result.study()))
        .orElseGet(() -> wording.say("conclusion.bare", result.study().displayName()));
  }

  private static Optional<Verdict> verdict(StudyResult result) {
    return Verdict.of(
        objective(result.study()),
        result.best().objectives().getFirst(),
        result.study().baselines());
  }

  private String sentence(Verdict verdict, Study study) {
    return wording.say(
        "verdict." + verdict.kind(),
        objective(study).metric(),
        verdict.baseline(),
        estimate(verdict.estimate()),
        Figures.number(Math.abs(verdict.improvement()) * 100));
  }

  private static Objective objective(Study study) {
    return study.objectives().getFirst();
  }
}
