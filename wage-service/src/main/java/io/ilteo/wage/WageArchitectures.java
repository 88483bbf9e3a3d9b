package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.panel.mapping.SatisfactionSpec;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.RegressionLoss;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.SearchSpaces;
import io.ilteo.modelkit.training.SharedArchitecture;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The networks that learn wages: what can be searched of each, and what a configuration means. */
final class WageArchitectures {
  static final String JOINT_LSTM = "joint_lstm";

  private static final List<SharedArchitecture> SHARED =
      List.of(
          SharedArchitecture.LSTM,
          SharedArchitecture.GRU,
          SharedArchitecture.ATTENTION_LSTM,
          SharedArchitecture.TRANSFORMER);

  private static final String LOG = "log";
  private static final String DEFLATED = "deflated";
  private static final String STANDARDISED = "standardised";
  // On standardised wages, whose deviation is 1.
  private static final double HUBER_DELTA = 0.5;
  private static final double MEDIAN = 0.5;

  private WageArchitectures() {}

  static List<Architecture> descriptions() {
    List<Architecture> descriptions = new ArrayList<>();
    for (SharedArchitecture each : SHARED) {
      descriptions.add(each.description(wageSpace()));
    }
    descriptions.add(
        Architecture.newBuilder()
            .setName(JOINT_LSTM)
            .setDescriptionEn(
                "The origin report's network: two LSTM layers shared by a wage and a satisfaction head.")
            .setDescriptionKo("원 보고서의 신경망: 임금과 만족도 출력층이 공유하는 2층 LSTM.")
            .setSearchSpace(SearchSpace.newBuilder().addAllParameters(jointSpace()))
            .build());
    return descriptions;
  }

  /** What is the wage's own: how it is learned. */
  private static List<ParameterSpec> wageSpace() {
    return List.of(
        SearchSpaces.choice(
            "loss",
            List.of("mse", "huber", "log_cosh", "gaussian_nll", "quantile"),
            "Loss on the standardised wage",
            "표준화된 임금의 손실 함수"),
        SearchSpaces.choice(
            "target",
            // What is tuned by default is the error of wages, which logs see out of proportion.
            List.of("level", LOG),
            "Scale of the wage that is learned",
            "학습 임금 척도"),
        SearchSpaces.choice(
            "prices", List.of(DEFLATED, "nominal"), "Prices of that wage", "실질 또는 명목"));
  }

  /** The origin report's search space, range by range, and which loss is scaled how. */
  private static List<ParameterSpec> jointSpace() {
    return List.of(
        SearchSpaces.integer(
            "lstm_units_1", 64, 256, 32, 128, "Units of the first layer", "첫째 층 유닛 수"),
        SearchSpaces.integer(
            "lstm_units_2", 32, 128, 16, 64, "Units of the second layer", "둘째 층 유닛 수"),
        SearchSpaces.linear("dropout_rate", 0.2, 0.5, 0.3, "Share of inputs dropped", "드롭아웃 비율"),
        SearchSpaces.logarithmic("learning_rate", 1e-4, 1e-2, 1e-3, "Step size of Adam", "학습률"),
        SearchSpaces.linear(
            "satisfaction_loss_weight",
            0.2,
            1.0,
            0.5,
            "Weight of the satisfaction's cross-entropy beside the wage's squared error",
            "임금 제곱오차 대비 만족도 교차엔트로피의 가중치"),
        SearchSpaces.choice(
            "loss_scaling",
            List.of(STANDARDISED, "origin"),
            "Squared error of the standardised wage, or of the wage in its own unit as in the origin report",
            "표준화된 임금의 제곱오차, 또는 원 보고서와 같은 원 단위 제곱오차"));
  }

  /** The problem of learning {@code architecture} with {@code parameters} on {@code data}. */
  static WageProblem problem(PreparedData data, String architecture, Hyperparameters parameters) {
    return architecture.equals(JOINT_LSTM)
        ? joint(data, parameters)
        : change(data, SharedArchitecture.named(architecture), parameters);
  }

  private static WageProblem change(
      PreparedData data, SharedArchitecture architecture, Hyperparameters parameters) {
    RegressionLoss loss = loss(parameters);
    return new WageProblem(
        data,
        WageTarget.changes(
            data,
            parameters.choice("target").equals(LOG) ? WageScale.LOG : WageScale.LEVEL,
            parameters.choice("prices").equals(DEFLATED)),
        architecture.network(
            data.training(), parameters, List.of(new HeadSpec.Regression("wage", 1, loss))),
        // The middle of the quantiles; a mean stands first.
        loss instanceof RegressionLoss.Pinball(var quantiles) ? quantiles.indexOf(MEDIAN) : 0,
        parameters.integer("batch_size"),
        Optional.empty());
  }

  private static RegressionLoss loss(Hyperparameters parameters) {
    return switch (parameters.choice("loss")) {
      case "huber" -> new RegressionLoss.Huber(HUBER_DELTA);
      case "log_cosh" -> new RegressionLoss.LogCosh();
      case "mse" -> new RegressionLoss.Mse();
      case "gaussian_nll" -> new RegressionLoss.GaussianNll();
      case "quantile" -> new RegressionLoss.Pinball(List.of(0.1, MEDIAN, 0.9));
      case String other -> throw new IllegalArgumentException("no loss " + other);
    };
  }

  private static WageProblem joint(PreparedData data, Hyperparameters parameters) {
    SatisfactionSpec satisfaction = data.panel().mapping().satisfaction();
    if (satisfaction == null
        || data.folds().training().targets().satisfactionPopulation() == null
        || !satisfaction.classes().containsKey(WageProblem.SATISFACTION_CLASSES)) {
      throw new FailedPrecondition(
          "%s needs a panel with satisfaction, folded into 5 classes by its mapping; %s has none"
              .formatted(JOINT_LSTM, data.panel().resourceName()));
    }
    return new WageProblem(
        data,
        parameters.choice("loss_scaling").equals(STANDARDISED)
            ? WageTarget.levels(data)
            : WageTarget.UNSCALED,
        JointLstm.network(data.training().features(), parameters),
        0,
        JointLstm.BATCH,
        JointSatisfaction.of(satisfaction));
  }
}
