package io.ilteo.cli.run;

import io.ilteo.cli.client.Services;
import io.ilteo.cli.client.StudyProgressLine;
import io.ilteo.cli.client.Values;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.tuner.v1.Confirmation;
import io.ilteo.proto.tuner.v1.GetTrialRequest;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.Trial;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints each study's winner beside the baselines on the same validation fold, and what its last
 * test said.
 */
public final class Winners {
  private final Services services;

  public Winners(Services services) {
    this.services = services;
  }

  /** As tables for people. */
  public void print(List<Outcome> outcomes, PrintWriter out) {
    for (Outcome outcome : outcomes) {
      Study study = outcome.study();
      out.println();
      out.printf(
          "%s: %d completed, %d pruned, %d failed in %d s%n",
          outcome.title(),
          study.getProgress().getCompleted(),
          study.getProgress().getPruned(),
          study.getProgress().getFailed(),
          Story.duration(study).toSeconds());
      if (study.getProgress().getBestTrial().isEmpty()) {
        out.println("  no trial completed: " + study.getStateReason());
        continue;
      }
      Trial best = best(study);
      out.println("  winner   " + best.getName());
      out.println("  settings " + Values.parameters(best.getParametersList()));
      List<String> metrics = metrics(study);
      out.printf("  %-26s", "validation fold");
      metrics.forEach(metric -> out.printf(" %18s", metric));
      out.println();
      out.printf("  %-26s", "winner");
      metrics.forEach(metric -> out.printf(" %18s", value(best, metric)));
      out.println();
      for (Score baseline : study.getBaselinesList()) {
        out.printf("  %-26s", baseline.getName());
        metrics.forEach(metric -> out.printf(" %18s", value(baseline, metric)));
        out.println();
      }
      outcome.confirmation().ifPresent(confirmation -> printConfirmation(confirmation, out));
      outcome.finale().ifPresent(finale -> printFinale(study, finale, out));
    }
  }

  private static void printConfirmation(Confirmation confirmation, PrintWriter out) {
    out.printf(
        "  on %d fresh seeds           %s%n",
        confirmation.getValuesCount(),
        confirmation.hasMean()
            ? "%s [%s, %s], %s worse than the search saw it"
                .formatted(
                    Values.number(confirmation.getMean()),
                    Values.number(confirmation.getLower()),
                    Values.number(confirmation.getUpper()),
                    Values.number(confirmation.getOptimismGap()))
            : "too few of them completed to say");
  }

  private static void printFinale(Study study, Outcome.Finale finale, PrintWriter out) {
    TestReading.of(study, finale.evaluation())
        .ifPresent(reading -> out.println("  on the test fold, once     " + reading.line()));
    out.printf("  %s is now the %s%n", finale.modelVersion(), finale.alias());
  }

  /** As values for machines, one map a study. */
  public List<Map<String, Object>> values(List<Outcome> outcomes) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Study study = outcome.study();
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("title", outcome.title());
      row.put("study", study.getName());
      row.put("task", study.getSpec().getTask());
      row.put("completed", study.getProgress().getCompleted());
      row.put("pruned", study.getProgress().getPruned());
      row.put("failed", study.getProgress().getFailed());
      if (!study.getProgress().getBestTrial().isEmpty()) {
        Trial best = best(study);
        row.put("best_trial", best.getName());
        Map<String, String> parameters = new LinkedHashMap<>();
        best.getParametersList()
            .forEach(p -> parameters.put(p.getName(), Values.text(p.getValue())));
        row.put("parameters", parameters);
        Map<String, Double> metrics = new LinkedHashMap<>();
        best.getMetricsList().forEach(m -> metrics.put(m.getName(), m.getValue()));
        row.put("metrics", metrics);
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        for (Score score : study.getBaselinesList()) {
          baselines.put(score.getName(), figures(score));
        }
        row.put("baselines", baselines);
      }
      outcome.confirmation().ifPresent(each -> row.put("confirmation", values(each)));
      outcome.finale().ifPresent(each -> row.put("test", values(study, each)));
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> values(Confirmation confirmation) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("trial", confirmation.getTrial());
    values.put("values", confirmation.getValuesList());
    if (confirmation.hasMean()) {
      values.put("mean", confirmation.getMean());
      values.put("lower", confirmation.getLower());
      values.put("upper", confirmation.getUpper());
      values.put("optimism_gap", confirmation.getOptimismGap());
    }
    return values;
  }

  private static Map<String, Object> values(Study study, Outcome.Finale finale) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model_version", finale.modelVersion());
    values.put("alias", finale.alias());
    values.put("metrics", figures(finale.evaluation().getModel()));
    TestReading.of(study, finale.evaluation())
        .ifPresent(
            reading -> {
              values.put("best_baseline", reading.baseline());
              values.put("difference", reading.difference().getValue());
              values.put("difference_lower", reading.difference().getLower());
              values.put("difference_upper", reading.difference().getUpper());
              values.put("verdict", reading.verdict());
            });
    return values;
  }

  private static Map<String, Double> figures(Score score) {
    Map<String, Double> figures = new LinkedHashMap<>();
    score.getMetricsList().forEach(m -> figures.put(m.getName(), m.getValue()));
    return figures;
  }

  private Trial best(Study study) {
    return services
        .trials()
        .getTrial(GetTrialRequest.newBuilder().setName(study.getProgress().getBestTrial()).build())
        .getTrial();
  }

  /** The objective first, then up to three figures that the baselines have too, none by group. */
  private static List<String> metrics(Study study) {
    Objective objective = StudyProgressLine.objective(study);
    List<String> all =
        study.getBaselinesList().stream()
            .limit(1)
            .flatMap(score -> score.getMetricsList().stream())
            .map(MetricEstimate::getName)
            .toList();
    List<String> names = new ArrayList<>(List.of(objective.getMetric()));
    all.stream()
        .filter(name -> !names.contains(name))
        // accuracy_sex_1 is accuracy by group.
        .filter(name -> all.stream().noneMatch(other -> name.startsWith(other + "_")))
        .limit(3)
        .forEach(names::add);
    return names;
  }

  private static String value(Trial trial, String metric) {
    return trial.getMetricsList().stream()
        .filter(m -> m.getName().equals(metric))
        .map(MetricValue::getValue)
        .map(Values::number)
        .findFirst()
        .orElse("");
  }

  private static String value(Score score, String metric) {
    var value = Values.metric(score, metric);
    return value.isPresent() ? Values.number(value.getAsDouble()) : "";
  }
}
