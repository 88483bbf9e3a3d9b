package io.ilteo.modelkit.recurrent;

import java.util.List;

/** What a head predicts, and how that is scored in training. */
public sealed interface HeadSpec {
  /** Name, unique in the network. */
  String name();

  /** Outputs of the head. */
  int outputs();

  /** Weight of the head's loss in the sum. */
  double lossWeight();

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
   * @param classWeights one for each class
   */
  record Softmax(String name, double lossWeight, List<Double> classWeights) implements HeadSpec {
    public Softmax {
      classWeights = List.copyOf(classWeights);
    }

    @Override
    public int outputs() {
      return classWeights.size();
    }
  }
}
