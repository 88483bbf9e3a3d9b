package io.ilteo.tuner.report;

import io.ilteo.proto.model.v1.DataSpec;
import io.ilteo.proto.model.v1.FoldSizes;
import io.ilteo.proto.model.v1.Lineage;
import io.ilteo.proto.model.v1.ModelVersion;
import io.ilteo.tuner.application.Study;
import io.ilteo.tuner.application.Trial;
import io.ilteo.tuner.application.TrialReader;
import io.ilteo.tuner.domain.space.Domain;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.Scale;
import io.ilteo.tuner.domain.study.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a result rests on: how it was searched for, what that took, where the model came from. */
final class GroundsComposer {
  private static final int DIGEST = 16;

  private final Wording wording;

  GroundsComposer(Wording wording) {
    this.wording = wording;
  }

  /**
   * For each choice that the search was free to make, what the trials that made it came to: the
   * ablations that the search itself holds. Nothing where there was no choice.
   */
  List<Block> choices(StudyResult result) {
    if (!result.isSearch()) {
      return List.of();
    }
    boolean minimize = result.study().objectives().getFirst().direction() == Direction.MINIMIZE;
    String metric = result.study().objectives().getFirst().metric();
    List<List<String>> rows = new ArrayList<>();
    for (ParameterSpec spec : result.study().space().parameters()) {
      if (spec.domain() instanceof Domain.CategoricalDomain(List<String> choices)) {
        for (String choice : choices) {
          double[] values =
              result.finished().stream()
                  .filter(trial -> made(trial, spec.name(), choice))
                  .mapToDouble(trial -> trial.objectives().getFirst())
                  .sorted()
                  .toArray();
          rows.add(
              List.of(
                  spec.name() + " = " + choice,
                  Integer.toString(values.length),
                  values.length == 0
                      ? "–"
                      : Figures.number(minimize ? values[0] : values[values.length - 1]),
                  values.length == 0 ? "–" : Figures.number(median(values))));
        }
      }
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Block.Heading(3, wording.say("choices")),
        new Block.Paragraph(wording.say("choices.note")),
        new Block.Table(
            List.of(
                wording.say("choices.choice"),
                wording.say("choices.trials"),
                wording.say("choices.best", metric),
                wording.say("choices.median", metric)),
            rows));
  }

  private static boolean made(Trial trial, String parameter, String choice) {
    Object value = trial.configuration().values().get(parameter);
    return value != null && value.toString().equals(choice);
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Time and epochs. */
  List<Block> cost(StudyResult result) {
    TrialReader.Cost cost = result.cost();
    Study.Progress progress = result.study().progress();
    List<String> items = new ArrayList<>();
    items.add(
        wording.say(
            "cost.time", Figures.span(cost.busy(), wording), cost.attempts(), cost.epochs()));
    int perTrial = result.study().spec().getMaxEpochs();
    if (progress.pruned() > 0) {
      items.add(
          perTrial > 0
              ? wording.say(
                  "cost.pruned",
                  progress.pruned(),
                  cost.prunedEpochs(),
                  (long) perTrial * progress.pruned() - cost.prunedEpochs())
              : wording.say("cost.pruned.open", progress.pruned(), cost.prunedEpochs()));
    } else {
      items.add(wording.say("cost.unpruned"));
    }
    if (cost.lostAttempts() > 0) {
      items.add(wording.say("cost.lost", cost.lostAttempts(), Figures.span(cost.lost(), wording)));
    }
    return List.of(new Block.Heading(3, wording.say("cost")), new Block.Bullets(items));
  }

  /** Panel, trials, seeds and code of each model that read the test fold. */
  List<Block> lineage(StudyResult result) {
    if (result.versions().isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(3, wording.say("lineage")));
    for (ModelVersion version : result.versions()) {
      Lineage lineage = version.getLineage();
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of(wording.say("lineage.version"), version.getName()));
      rows.add(List.of(wording.say("lineage.aliases"), orDash(version.getAliasesList())));
      rows.add(List.of(wording.say("lineage.trials"), orDash(lineage.getAttemptsList())));
      rows.add(List.of(wording.say("lineage.seeds"), orDash(lineage.getSeedsList())));
      rows.add(
          List.of(
              wording.say("lineage.panel"),
              lineage.getData().getPanel() + " · SHA-256 " + head(lineage.getPanelDigest())));
      rows.add(
          List.of(wording.say("lineage.artifact"), "SHA-256 " + head(version.getArtifactDigest())));
      rows.add(List.of(wording.say("lineage.code"), lineage.getCodeVersion()));
      blocks.add(
          new Block.Table(
              List.of(wording.say("lineage.what"), wording.say("value")),
              rows,
              Block.Table.Kind.WORDS));
    }
    return blocks;
  }

  private static String head(String digest) {
    return digest.substring(0, Math.min(DIGEST, digest.length()));
  }

  private static String orDash(List<?> items) {
    return items.isEmpty()
        ? "–"
        : items.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  /** How the search went about it, and where it looked. */
  List<Block> method(Study study) {
    List<String> items = new ArrayList<>();
    items.add(
        wording.say(
            "method.search",
            study.spec().getSampler().getName(),
            study.spec().getPruner().getName(),
            study.spec().getBudget(),
            study.spec().getSeed(),
            study.spec().getMaxEpochs() == 0
                ? wording.say("method.epochs.open")
                : wording.say("method.epochs", study.spec().getMaxEpochs())));
    if (study.isDispatched()) {
      DataSpec data = study.spec().getData();
      items.add(
          wording.say(
              "method.model",
              study.spec().getTask(),
              study.spec().getArchitecture(),
              objectives(study)));
      if (!data.getPanel().isEmpty()) {
        items.add(
            wording.say(
                "method.data",
                data.getPanel(),
                wording.say("protocol." + data.getProtocol().name()),
                data.getFoldSeed()));
      }
      study.folds().ifPresent(folds -> items.add(wording.say("method.folds", sizes(folds))));
    }
    if (study.progress().lostAttempts() > 0) {
      items.add(wording.say("method.lost", study.progress().lostAttempts()));
    }
    List<List<String>> rows =
        study.space().parameters().stream()
            .map(spec -> List.of(spec.name(), describe(spec.domain())))
            .toList();
    return List.of(
        new Block.Heading(3, wording.say("method")),
        new Block.Bullets(items),
        new Block.Table(
            List.of(wording.say("parameter"), wording.say("space.domain")),
            rows,
            Block.Table.Kind.WORDS));
  }

  /** Sequences and persons of each fold, in the order in which they are used. */
  private static Object[] sizes(FoldSizes folds) {
    return Stream.of(folds.getTraining(), folds.getValidation(), folds.getTest())
        .flatMap(fold -> Stream.of(fold.getSequences(), fold.getPersons()))
        .toArray();
  }

  private String objectives(Study study) {
    return study.objectives().stream()
        .map(
            objective ->
                wording.say(
                    objective.direction() == Direction.MINIMIZE
                        ? "method.minimize"
                        : "method.maximize",
                    objective.metric()))
        .collect(Collectors.joining(", "));
  }

  private String describe(Domain domain) {
    return switch (domain) {
      case Domain.DoubleDomain(double min, double max, Scale scale, double step) ->
          range(
              Figures.exact(min), Figures.exact(max), scale, step == 0 ? "" : Figures.exact(step));
      case Domain.IntegerDomain(long min, long max, Scale scale, long step) ->
          range(
              Long.toString(min), Long.toString(max), scale, step <= 1 ? "" : Long.toString(step));
      case Domain.CategoricalDomain(List<String> choices) -> String.join(", ", choices);
      case Domain.DiscreteDomain(List<Double> values) ->
          values.stream().map(Figures::exact).collect(Collectors.joining(", "));
      case Domain.ConstantDomain constant -> wording.say("space.fixed", constant.value());
    };
  }

  private String range(String min, String max, Scale scale, String step) {
    String range = wording.say("space.range", min, max);
    String stepped = step.isEmpty() ? range : range + wording.say("space.step", step);
    return scale == Scale.LINEAR
        ? stepped
        : stepped + " (" + scale.name().toLowerCase(Locale.ROOT) + ")";
  }
}
