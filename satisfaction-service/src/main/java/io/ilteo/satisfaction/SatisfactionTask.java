package io.ilteo.satisfaction;

import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.ModelTask;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.SearchSpaces;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.model.v1.MetricSpec;
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
            .setDefaultFeatureSet(FeatureSet.PANEL_V1.id())
            .addAllBaselines(List.of("majority", "last_class"));
    for (FeatureSet set : FeatureSet.values()) {
      task.addFeatureSets(
          io.ilteo.proto.model.v1.FeatureSet.newBuilder()
              .setName(set.id())
              .setDescriptionEn(set.descriptionEn())
              .setDescriptionKo(set.descriptionKo())
              .setFeatureCount(set.nominalCount()));
    }
    Direction up = Direction.DIRECTION_MAXIMIZE;
    Direction down = Direction.DIRECTION_MINIMIZE;
    task.addMetrics(metric("accuracy", up, "Share of right classes", "정확도"));
    task.addMetrics(metric("balanced_accuracy", up, "Mean recall of the classes", "균형 정확도"));
    task.addMetrics(metric("macro_f1", up, "Mean F1 of the classes", "매크로 F1"));
    task.addMetrics(metric("qwk", up, "Quadratic weighted kappa", "이차 가중 카파"));
    task.addMetrics(metric("ordinal_mae", down, "Mean distance in classes", "순서형 절대오차"));
    task.addMetrics(metric("log_loss", down, "Mean negative log likelihood", "로그 손실"));
    task.addMetrics(metric("brier", down, "Brier score", "브라이어 점수"));
    task.addMetrics(metric("ece", down, "Expected calibration error", "기대 보정 오차"));
    task.addMetrics(metric("recall_0", up, "Recall of dissatisfied", "불만족 재현율"));
    task.addMetrics(metric("recall_1", up, "Recall of neutral", "보통 재현율"));
    task.addMetrics(metric("recall_2", up, "Recall of satisfied", "만족 재현율"));
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

  private static MetricSpec metric(
      String name, Direction direction, String english, String korean) {
    return MetricSpec.newBuilder()
        .setName(name)
        .setDirection(direction)
        .setDescriptionEn(english)
        .setDescriptionKo(korean)
        .build();
  }

  @Override
  public TargetSelection targets(Mapping mapping) {
    return TargetSelection.satisfaction(mapping);
  }

  @Override
  public LearningProblem problem(
      PreparedData data, String architecture, Hyperparameters parameters) {
    return new SatisfactionProblem(data, parameters);
  }

  @Override
  public List<Baseline> baselines(PreparedData data, Sequences scored) {
    return SatisfactionBaselines.score(data.training(), scored);
  }
}
