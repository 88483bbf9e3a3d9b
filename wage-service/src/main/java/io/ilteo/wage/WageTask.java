package io.ilteo.wage;

import static io.ilteo.modelkit.training.TaskDescriptions.higher;
import static io.ilteo.modelkit.training.TaskDescriptions.lower;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Readout;
import io.ilteo.modelkit.training.SharedArchitecture;
import io.ilteo.modelkit.training.TaskDescriptions;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.Task;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Predicting a person's monthly wage from their history. */
@Singleton
public class WageTask implements ModelTask {
  /** Metric that is tuned by default. */
  static final String RMSE = "rmse";

  private static final String WAGE = "panel wage unit";

  private static final Task DESCRIPTION = describe();

  @Override
  public Task description() {
    return DESCRIPTION;
  }

  private static Task describe() {
    Task.Builder task =
        Task.newBuilder()
            .setName("wage")
            .setDisplayNameEn("Wage")
            .setDisplayNameKo("임금")
            .addAllArchitectures(WageArchitectures.descriptions())
            .setDefaultArchitecture(SharedArchitecture.LSTM.id())
            .setPrimaryMetric(RMSE)
            .addAllBaselines(WageBaselines.NAMES)
            .addAllMetrics(metrics());
    TaskDescriptions.addFeatureSets(task);
    return task.build();
  }

  private static List<MetricSpec> metrics() {
    List<MetricSpec> metrics = new ArrayList<>();
    metrics.add(lower(RMSE, WAGE, "Root mean squared error", "평균제곱근오차"));
    metrics.add(lower("mae", WAGE, "Mean absolute error", "평균절대오차"));
    metrics.add(lower("median_ae", WAGE, "Median absolute error", "절대오차 중앙값"));
    metrics.add(lower("mape", "", "Mean absolute relative error", "평균절대백분율오차"));
    metrics.add(higher("r2", "", "Explained share of variance", "결정계수"));
    for (int band = 1; band <= WageRows.BANDS; band++) {
      metrics.add(
          lower(
              "rmse_wage_band_" + band,
              WAGE,
              "RMSE in fifth %d of the observed wages".formatted(band),
              "관측 임금 %d분위(5분위)의 RMSE".formatted(band)));
    }
    String joint = JointSatisfaction.PREFIX;
    metrics.add(
        higher(joint + "accuracy", "", "Right classes, joint_lstm only", "만족도 정확도(joint_lstm)"));
    metrics.add(
        higher(
            joint + "qwk",
            "",
            "Quadratic weighted kappa of satisfaction, joint_lstm only",
            "만족도 이차 가중 카파(joint_lstm)"));
    metrics.add(
        higher(
            joint + "macro_f1",
            "",
            "Macro F1 of satisfaction, joint_lstm only",
            "만족도 매크로 F1(joint_lstm)"));
    metrics.add(
        higher(
            joint + "recall_0",
            "",
            "Recall of dissatisfied, joint_lstm only",
            "불만족 재현율(joint_lstm)"));
    return metrics;
  }

  @Override
  public TargetSelection targets(Panel panel, int classes) {
    return hasSatisfaction(panel)
        ? TargetSelection.both(panel.mapping())
        : TargetSelection.wage(panel.mapping());
  }

  /** Whether a joint network has something to learn beside the wage. */
  private static boolean hasSatisfaction(Panel panel) {
    PanelColumn column = panel.columnOrNull(Mapping.SATISFACTION);
    return panel.mapping().wage() != null
        && panel.mapping().satisfaction() != null
        && column != null
        && IntStream.range(0, panel.personYears()).anyMatch(row -> !Float.isNaN(column.value(row)));
  }

  @Override
  public LearningProblem problem(
      PreparedData data, String architecture, Hyperparameters parameters) {
    return WageArchitectures.problem(data, architecture, parameters);
  }

  @Override
  public String targetColumn() {
    return Mapping.WAGE;
  }

  @Override
  public double defaultCoverage() {
    return 0.95;
  }

  @Override
  public Readout readout(FittedInputs inputs, Attachments attachments) {
    return attachments.require(WageReadout.PART, WageReadout.class);
  }

  @Override
  public Baselines baselines(PreparedData data) {
    return new WageBaselines(data);
  }
}
