package io.ilteo.modelkit.recurrent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;

/** What a head predicts, and how that is scored in training. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = HeadSpec.Regression.class, name = "regression"),
  @JsonSubTypes.Type(value = HeadSpec.Softmax.class, name = "softmax"),
  @JsonSubTypes.Type(value = HeadSpec.Coral.class, name = "coral"),
  @JsonSubTypes.Type(value = HeadSpec.Corn.class, name = "corn")
})
public sealed interface HeadSpec {
  /** Name, unique in the network. */
  String name();

  /** Weight of the head's loss in the sum. */
  double lossWeight();

  /** Values that the head predicts: numbers, or the probabilities of classes. */
  int outputs();

  /** One number. */
  record Regression(String name, double lossWeight, RegressionLoss loss) implements HeadSpec {
    /** One number, by squared error. */
    public Regression(String name, double lossWeight) {
      this(name, lossWeight, new RegressionLoss.Mse());
    }

    @Override
    public int outputs() {
      return loss.outputs();
    }
  }

  /**
   * One of k classes, by cross-entropy.
   *
   * @param classWeights weight of each class's sequences in the loss
   * @param labelSmoothing share of a target spread over all classes, [0, 1) (Szegedy et al. 2016)
   * @param focalGamma how much less certain sequences count, 0 for not (Lin et al. 2017)
   */
  record Softmax(
      String name,
      double lossWeight,
      List<Double> classWeights,
      double labelSmoothing,
      double focalGamma)
      implements HeadSpec {
    public Softmax {
      classWeights = requireClasses(classWeights);
      if (!(labelSmoothing >= 0 && labelSmoothing < 1) || !(focalGamma >= 0)) {
        throw new IllegalArgumentException(
            "label smoothing is in [0, 1) and gamma not negative; %s and %s are not"
                .formatted(labelSmoothing, focalGamma));
      }
    }

    /** Plain cross-entropy over {@code classes} classes. */
    public Softmax(String name, double lossWeight, int classes) {
      this(name, lossWeight, Collections.nCopies(classes, 1.0), 0, 0);
    }

    @Override
    public int outputs() {
      return classWeights.size();
    }
  }

  /**
   * One of k ordered classes: one score against k − 1 thresholds (Cao et al. 2020).
   *
   * @param classWeights weight of each class's sequences in the loss
   */
  record Coral(String name, double lossWeight, List<Double> classWeights) implements HeadSpec {
    public Coral {
      classWeights = requireClasses(classWeights);
    }

    @Override
    public int outputs() {
      return classWeights.size();
    }
  }

  /**
   * One of k ordered classes: k − 1 conditional probabilities to be above a class, given above the
   * one below it (Shi et al. 2023).
   *
   * @param classWeights weight of each class's sequences in the loss
   */
  record Corn(String name, double lossWeight, List<Double> classWeights) implements HeadSpec {
    public Corn {
      classWeights = requireClasses(classWeights);
    }

    @Override
    public int outputs() {
      return classWeights.size();
    }
  }

  private static List<Double> requireClasses(List<Double> weights) {
    if (weights.size() < 2 || weights.stream().anyMatch(weight -> !(weight >= 0))) {
      throw new IllegalArgumentException(
          "weights %s: at least two classes, none negative".formatted(weights));
    }
    return List.copyOf(weights);
  }
}
