package io.ilteo.wage;

import static io.ilteo.modelkit.training.TaskDescriptions.higher;
import static io.ilteo.modelkit.training.TaskDescriptions.lower;

import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Readout;
import io.ilteo.modelkit.training.SearchSpaces;
import io.ilteo.modelkit.training.TaskDescriptions;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.model.v1.MetricSpec;
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.search.v1.SearchSpace;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

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
            .addArchitectures(lstm())
            .setDefaultArchitecture("lstm")
            .setPrimaryMetric(RMSE)
            .addAllBaselines(WageBaselines.NAMES)
            .addAllMetrics(metrics());
    TaskDescriptions.addFeatureSets(task);
    return task.build();
  }

  private static Architecture lstm() {
    return Architecture.newBuilder()
        .setName("lstm")
        .setDescriptionEn(
            "Two LSTM layers that learn the change from the last observed wage, in logs.")
        .setDescriptionKo("마지막 관측 임금으로부터의 변화를 로그로 학습하는 2층 LSTM.")
        .setSearchSpace(
            SearchSpace.newBuilder()
                .addParameters(
                    SearchSpaces.integer(
                        "lstm_units_1", 16, 96, 16, 48, "Units of the first layer", "첫째 층 유닛 수"))
                .addParameters(
                    SearchSpaces.integer(
                        "lstm_units_2", 16, 64, 16, 32, "Units of the second layer", "둘째 층 유닛 수"))
                .addParameters(
                    SearchSpaces.linear(
                        "dropout_rate", 0.0, 0.5, 0.2, "Share of inputs dropped", "드롭아웃 비율"))
                .addParameters(
                    SearchSpaces.logarithmic(
                        "learning_rate", 5e-4, 1e-2, 2e-3, "Step size of Adam", "학습률"))
                .addParameters(
                    SearchSpaces.logarithmic("l2", 1e-6, 1e-2, 1e-4, "Weight decay", "가중치 감쇠")))
        .build();
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
    return metrics;
  }

  @Override
  public TargetSelection targets(Mapping mapping) {
    return TargetSelection.wage(mapping);
  }

  @Override
  public LearningProblem problem(
      PreparedData data, String architecture, Hyperparameters parameters) {
    return new WageProblem(data, parameters);
  }

  @Override
  public String targetColumn() {
    return Mapping.WAGE;
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
