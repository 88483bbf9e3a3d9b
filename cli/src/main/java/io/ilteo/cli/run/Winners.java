package io.ilteo.cli.run;

import io.ilteo.cli.client.Services;
import io.ilteo.cli.client.StudyProgressLine;
import io.ilteo.cli.client.Values;
import io.ilteo.proto.model.v1.MetricEstimate;
import io.ilteo.proto.model.v1.MetricValue;
import io.ilteo.proto.model.v1.Score;
import io.ilteo.proto.tuner.v1.GetTrialRequest;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.Study;
import io.ilteo.proto.tuner.v1.Trial;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints each study's winner beside the baselines on the same validation fold. */
public final class Winners {
  private final Services services;

  public Winners(Services services) {
    this.services = services;
  }

  /** As tables for people. */
  public void print(List<Study> studies, PrintWriter out) {
    for (Study study : studies) {
      out.println();
      out.printf(
          "%s: %d completed, %d pruned, %d failed in %d s%n",
          study.getSpec().getTask(),
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
    }
  }

  /** As values for machines, one map a study. */
  public List<Map<String, Object>> values(List<Study> studies) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Study study : studies) {
      Map<String, Object> row = new LinkedHashMap<>();
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
          Map<String, Double> figures = new LinkedHashMap<>();
          score.getMetricsList().forEach(m -> figures.put(m.getName(), m.getValue()));
          baselines.put(score.getName(), figures);
        }
        row.put("baselines", baselines);
      }
      rows.add(row);
    }
    return rows;
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
