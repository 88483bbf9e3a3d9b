package io.ilteo.modelkit.recurrent.loss;

import io.ilteo.modelkit.recurrent.HeadSpec;

/** The loss of one head, on the raw outputs of its last layer. Immutable. */
public sealed interface HeadLoss permits RegressionHead, SoftmaxHead, CoralHead, CornHead {
  /** Raw outputs of the head's last layer. */
  int rawOutputs();

  /**
   * Loss of one sequence.
   *
   * @param target the number, or the index of the class
   * @param raw [rawOutputs]
   * @param gradient [rawOutputs], written: derivatives by the raw outputs
   */
  double lossAndGradient(float target, float[] raw, float[] gradient);

  /** What raw outputs mean: a number, rising quantiles, mean and variance, or probabilities. */
  float[] read(float[] raw);

  /**
   * Gradient of one of {@link #read}'s values by the raw outputs.
   *
   * @param gradient [rawOutputs], written
   */
  void readGradient(int output, float[] raw, float[] gradient);

  /** The loss of {@code head}, without its weight. */
  static HeadLoss of(HeadSpec head) {
    return switch (head) {
      case HeadSpec.Regression regression -> new RegressionHead(regression.loss());
      case HeadSpec.Softmax softmax ->
          new SoftmaxHead(softmax.classWeights(), softmax.labelSmoothing(), softmax.focalGamma());
      case HeadSpec.Coral coral -> new CoralHead(coral.classWeights());
      case HeadSpec.Corn corn -> new CornHead(corn.classWeights());
    };
  }
}
