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
import io.ilteo.modelkit.training.TaskDescriptions;
import io.ilteo.proto.model.v1.Task;
import jakarta.inject.Singleton;

/** Predicting a person's class of job satisfaction from their history. */
@Singleton
public class SatisfactionTask implements ModelTask {
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
            .addAllArchitectures(SatisfactionArchitectures.descriptions())
            .setDefaultArchitecture(SatisfactionArchitectures.DEFAULT.id())
            .setPrimaryMetric("accuracy")
            .addAllBaselines(SatisfactionBaselines.NAMES)
            .addAllTargetClasses(SatisfactionLabels.OFFERED);
    TaskDescriptions.addFeatureSets(task);
    task.addMetrics(higher("accuracy", "", "Share of right classes", "정확도"));
    task.addMetrics(higher("balanced_accuracy", "", "Mean recall of the classes", "균형 정확도"));
    task.addMetrics(higher("macro_f1", "", "Mean F1 of the classes", "매크로 F1"));
    task.addMetrics(higher("qwk", "", "Quadratic weighted kappa", "이차 가중 카파"));
    task.addMetrics(lower("ordinal_mae", "", "Mean distance in classes", "순서형 절대오차"));
    task.addMetrics(lower("log_loss", "", "Mean negative log likelihood", "로그 손실"));
    task.addMetrics(lower("brier", "", "Brier score", "브라이어 점수"));
    task.addMetrics(lower("rps", "", "Ranked probability score", "순위 확률 점수"));
    task.addMetrics(lower("ece", "", "Expected calibration error", "기대 보정 오차"));
    task.addMetrics(
        higher("recall_0", "", "Recall of the least satisfied class", "가장 불만족한 등급 재현율"));
    task.addMetrics(higher("recall_1", "", "Recall of the second class", "둘째 등급 재현율"));
    task.addMetrics(higher("recall_2", "", "Recall of the third class", "셋째 등급 재현율"));
    task.addMetrics(higher("recall_3", "", "Recall of the fourth class of five", "5등급 중 넷째 재현율"));
    task.addMetrics(higher("recall_4", "", "Recall of the fifth class of five", "5등급 중 다섯째 재현율"));
    return task.build();
  }

  @Override
  public TargetSelection targets(Panel panel, int classes) {
    return TargetSelection.satisfaction(panel.mapping(), classes);
  }

  @Override
  public LearningProblem problem(
      PreparedData data, String architecture, Hyperparameters parameters) {
    return SatisfactionArchitectures.problem(data, architecture, parameters);
  }

  @Override
  public String targetColumn() {
    return Mapping.SATISFACTION;
  }

  @Override
  public double defaultCoverage() {
    return 0.9;
  }

  @Override
  public Readout readout(FittedInputs inputs, Attachments attachments) {
    return attachments.require(SatisfactionReadout.PART, SatisfactionReadout.class);
  }

  @Override
  public Baselines baselines(PreparedData data) {
    return new SatisfactionBaselines(data);
  }
}
