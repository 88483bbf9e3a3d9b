package io.ilteo.tuner.report;

import io.ilteo.proto.model.v1.Diagnostics;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.tuner.report.figure.Figure;
import io.ilteo.tuner.report.figure.Plot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model errs on the test fold: scatter, residuals by wage band, confusion matrix,
 * reliability, figures by group.
 */
final class DiagnosticsComposer {
  private static final String WAGE_BAND = "wage_band=";
  private static final Pattern NUMBER = Pattern.compile("[0-9]+([.][0-9]+)?");

  private final Wording wording;

  DiagnosticsComposer(Wording wording) {
    this.wording = wording;
  }

  /**
   * Pictures and figures by group.
   *
   * @param unit of a target that is a number; empty for classes
   */
  List<Block> compose(Diagnostics diagnostics, String unit) {
    List<Block> blocks = new ArrayList<>();
    if (diagnostics.getObservedCount() > 0) {
      blocks.add(
          chart(
              "scatter",
              wording.say("scatter.alternative", diagnostics.getObservedCount()),
              new Plot.Agreement(
                  new Plot.Axes(
                      wording.measured(wording.say("observed"), unit),
                      wording.measured(wording.say("predicted"), unit)),
                  diagnostics.getObservedList(),
                  diagnostics.getPredictedList(),
                  false)));
      residuals(diagnostics, unit).ifPresent(blocks::add);
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
  private Optional<Block> residuals(Diagnostics diagnostics, String unit) {
    List<Plot.Bar> bars =
        diagnostics.getGroupsList().stream()
            .filter(group -> group.getName().startsWith(WAGE_BAND))
            .sorted(Comparator.comparingDouble(DiagnosticsComposer::lowerEnd))
            .flatMap(
                group ->
                    EvidenceComposer.metric(List.of(group), group.getName(), "bias").stream()
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
                new Plot.Bars(wording.measured(wording.say("residuals.axis"), unit), bars)));
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
            EvidenceComposer.metric(List.of(group), group.getName(), name)
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
            diagnostics.getClassLabelsList().stream()
                .map(label -> wording.term("class", label))
                .toList(),
            diagnostics.getConfusionList()));
  }
}
