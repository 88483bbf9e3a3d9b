package io.ilteo.modelkit.training;

/**
 * Predicted amounts with their intervals.
 *
 * @param amounts [n]
 * @param lower [n]
 * @param upper [n]
 */
@SuppressWarnings("ArrayRecordComponent")
public record PredictedAmounts(double[] amounts, double[] lower, double[] upper)
    implements Predicted {
  @Override
  public int size() {
    return amounts.length;
  }

  @Override
  public double figure(int row, Predicted of, int ofRow) {
    return amounts[row];
  }
}
