package io.ilteo.satisfaction;

import static io.ilteo.modelkit.training.TaskDescriptions.higher;
import static io.ilteo.modelkit.training.TaskDescriptions.lower;

import io.ilteo.modelkit.panel.Panel;
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
import io.ilteo.proto.model.v1.Task;
import io.ilteo.proto.search.v1.SearchSpace;
import jakarta.inject.Singleton;
import java.util.List;

/** Predicting a person's class of job satisfaction from their history. */
@Singleton
public class SatisfactionTask implements ModelTask {
  /** Dissatisfied, neutral, satisfied. */
  static final int CLASSES = 3;

  private static final Task DESCRIPTION = describe();

  @Override
  public Task description() {
    return DESCRIPTION;
  }

  private static Task describe() {
    Task.Builder task =
        Task.newBuilder()
            .setName("satisfaction")
            .setDisplayNameEn("Job satisfaction")
            .setDisplayNameKo("직업 만족도")
            .addArchitectures(lstm())
            .setDefaultArchitecture("lstm")
            .setPrimaryMetric("accuracy")
            .addAllBaselines(List.of("majority", "last_class"));
    TaskDescriptions.addFeatureSets(task);
    task.addMetrics(higher("accuracy", "", "Share of right classes", "정확도"));
    task.addMetrics(higher("balanced_accuracy", "", "Mean recall of the classes", "균형 정확도"));
    task.addMetrics(higher("macro_f1", "", "Mean F1 of the classes", "매크로 F1"));
    task.addMetrics(higher("qwk", "", "Quadratic weighted kappa", "이차 가중 카파"));
    task.addMetrics(lower("ordinal_mae", "", "Mean distance in classes", "순서형 절대오차"));
    task.addMetrics(lower("log_loss", "", "Mean negative log likelihood", "로그 손실"));
    task.addMetrics(lower("brier", "", "Brier score", "브라이어 점수"));
    task.addMetrics(lower("ece", "", "Expected calibration error", "기대 보정 오차"));
    task.addMetrics(higher("recall_0", "", "Recall of dissatisfied", "불만족 재현율"));
    task.addMetrics(higher("recall_1", "", "Recall of neutral", "보통 재현율"));
    task.addMetrics(higher("recall_2", "", "Recall of satisfied", "만족 재현율"));
    return task.build();
  }

  private static Architecture lstm() {
    return Architecture.newBuilder()
        .setName("lstm")
        .setDescriptionEn("Two LSTM layers and a softmax over three classes.")
        .setDescriptionKo("2층 LSTM과 3개 등급 소프트맥스.")
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
                        "dropout_rate", 0.0, 0.5, 0.3, "Share of inputs dropped", "드롭아웃 비율"))
                .addParameters(
                    SearchSpaces.logarithmic(
                        "learning_rate", 5e-4, 1e-2, 2e-3, "Step size of Adam", "학습률"))
                .addParameters(
                    SearchSpaces.logarithmic("l2", 1e-6, 1e-2, 1e-4, "Weight decay", "가중치 감쇠")))
        .build();
  }

  @Override
  public TargetSelection targets(Panel panel) {
    return TargetSelection.satisfaction(panel.mapping());
  }

  @Override
  public LearningProblem problem(
      PreparedData data, String architecture, Hyperparameters parameters) {
    return new SatisfactionProblem(data, parameters);
  }

  @Override
  public String targetColumn() {
    return Mapping.SATISFACTION;
  }

  @Override
  public Readout readout(FittedInputs inputs, Attachments attachments) {
    return attachments.require(SatisfactionReadout.PART, SatisfactionReadout.class);
  }

  @Override
  public Baselines baselines(PreparedData data) {
    return scored -> SatisfactionBaselines.score(data.training(), scored);
  }
}
