package io.ilteo.modelkit.training;

/**
 * Predictions for persons whose targets are not known, row by row in the order of the sequences.
 */
public sealed interface Predicted permits PredictedAmounts, PredictedClasses {
  /** Number of rows. */
  int size();

  /**
   * The one figure of a row that explanations are about, in the unit of the prediction: the amount,
   * or the probability of {@code of}'s decided class.
   *
   * @param of the prediction to be explained, whose row {@code ofRow} says which class
   */
  double figure(int row, Predicted of, int ofRow);
}
