package io.ilteo.satisfaction;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.training.Calibration;
import io.ilteo.modelkit.training.ClassReading;
import io.ilteo.modelkit.training.DecisionGoal;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.SearchSpaces;
import io.ilteo.modelkit.training.SharedArchitecture;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.search.v1.ParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The networks that learn satisfaction: heads, losses, decisions and calibration on shared ones.
 */
final class SatisfactionArchitectures {
  static final SharedArchitecture DEFAULT = SharedArchitecture.GRU;

  private static final List<SharedArchitecture> SHARED =
      List.of(
          SharedArchitecture.GRU,
          SharedArchitecture.GRU_ATTENTION,
          SharedArchitecture.TRANSFORMER,
          SharedArchitecture.LSTM);
  private static final String SOFTMAX = "softmax";
  private static final String CORAL = "coral";
  private static final String CORN = "corn";
  private static final String ARGMAX = "argmax";
  private static final String MEDIAN = "median";
  private static final String RECALL = "recall";
  private static final String KAPPA = "kappa";

  private SatisfactionArchitectures() {}

  static List<Architecture> descriptions() {
    return SHARED.stream().map(each -> each.description(space())).toList();
  }

  /** What is satisfaction's own. */
  private static List<ParameterSpec> space() {
    return List.of(
        SearchSpaces.choice(
            "head",
            List.of(SOFTMAX, CORAL, CORN),
            "Classes without order, by thresholds, or one step up at a time",
            "출력층: 순서 없음, 임계값(CORAL), 조건부(CORN)"),
        SearchSpaces.choice(
            "class_weighting",
            Stream.of(ClassWeighting.values()).map(ClassWeighting::id).toList(),
            "How much more rare classes count in training",
            "희소 등급 가중 방식"),
        SearchSpaces.when(
            SearchSpaces.linear(
                "label_smoothing", 0.0, 0.2, 0.0, "Share of a label spread", "레이블 스무딩"),
            "head",
            SOFTMAX),
        SearchSpaces.when(
            SearchSpaces.linear(
                "focal_gamma", 0.0, 3.0, 0.0, "How much less certain cases count", "포컬 감마"),
            "head",
            SOFTMAX),
        SearchSpaces.choice(
            "decision",
            List.of(ARGMAX, MEDIAN, RECALL, KAPPA),
            "Answer the likeliest class, the median, find a share of the dissatisfied, or most kappa",
            "판정: 최빈, 중앙값, 불만족 재현율 기준, 이차 가중 카파 최대"),
        SearchSpaces.when(
            SearchSpaces.linear(
                "recall_target",
                0.2,
                0.8,
                0.4,
                "Share of the dissatisfied to be found",
                "불만족 재현율 목표"),
            "decision",
            RECALL),
        SearchSpaces.when(
            SearchSpaces.linear(
                "accuracy_cost",
                0.0,
                0.1,
                0.01,
                "Share of right answers that kappa may cost",
                "카파를 위해 허용하는 정확도 손실"),
            "decision",
            KAPPA),
        SearchSpaces.choice(
            "calibration",
            // Not none: a search for accuracy would not miss it, whoever reads probabilities would.
            List.of(id(Calibration.Kind.TEMPERATURE), id(Calibration.Kind.VECTOR)),
            "Calibration on the validation fold",
            "검증 자료 보정"));
  }

  private static String id(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The problem of learning {@code architecture} with {@code parameters} on {@code data}. */
  static SatisfactionProblem problem(
      PreparedData data, String architecture, Hyperparameters parameters) {
    return new SatisfactionProblem(
        data,
        SharedArchitecture.named(architecture)
            .network(data.training(), parameters, List.of(head(data, parameters))),
        parameters.integer("batch_size"),
        new ClassReading.Choice(
            Calibration.Kind.valueOf(upper(parameters.choice("calibration"))), goal(parameters)));
  }

  private static DecisionGoal goal(Hyperparameters parameters) {
    return switch (parameters.choice("decision")) {
      case ARGMAX -> new DecisionGoal.FewestErrors();
      case MEDIAN -> new DecisionGoal.LeastDistance();
      case RECALL -> new DecisionGoal.Recall(parameters.number("recall_target"));
      case KAPPA -> new DecisionGoal.Kappa(parameters.number("accuracy_cost"));
      case String other -> throw new IllegalArgumentException("no decision " + other);
    };
  }

  private static String upper(String id) {
    return id.toUpperCase(Locale.ROOT);
  }

  private static HeadSpec head(PreparedData data, Hyperparameters parameters) {
    List<Double> weights =
        DoubleStream.of(
                ClassWeighting.named(parameters.choice("class_weighting")).weights(shares(data)))
            .boxed()
            .toList();
    return switch (parameters.choice("head")) {
      case CORAL -> new HeadSpec.Coral("satisfaction", 1, weights);
      case CORN -> new HeadSpec.Corn("satisfaction", 1, weights);
      case SOFTMAX ->
          new HeadSpec.Softmax(
              "satisfaction",
              1,
              weights,
              parameters.number("label_smoothing"),
              parameters.number("focal_gamma"));
      case String other -> throw new IllegalArgumentException("no head " + other);
    };
  }

  /** Shares of the classes in the training fold. */
  private static double[] shares(PreparedData data) {
    Sequences training = data.training();
    int classes = SatisfactionRows.classes(data);
    double[] shares = new double[classes];
    int known = 0;
    for (int i = 0; i < training.size(); i++) {
      int observed = training.satisfactionClass(i, classes);
      if (observed >= 0) {
        shares[observed]++;
        known++;
      }
    }
    for (int c = 0; c < classes; c++) {
      shares[c] = known == 0 ? 1.0 / classes : shares[c] / known;
    }
    return shares;
  }
}
