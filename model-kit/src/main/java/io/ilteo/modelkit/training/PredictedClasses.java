package io.ilteo.modelkit.training;

import java.util.List;

/**
 * Predicted classes, the least of them 0.
 *
 * @param probabilities [n][classes], calibrated
 * @param decided [n] class by the model's decision rule
 * @param sets [n][classes] whether the prediction set holds the class
 * @param labels [classes]
 */
@SuppressWarnings("ArrayRecordComponent")
public record PredictedClasses(
    double[][] probabilities, int[] decided, boolean[][] sets, List<String> labels)
    implements Predicted {
  public PredictedClasses {
    labels = List.copyOf(labels);
  }

  @Override
  public int size() {
    return decided.length;
  }

  @Override
  public double figure(int row, Predicted of, int ofRow) {
    return of instanceof PredictedClasses classes
        ? probabilities[row][classes.decided[ofRow]]
        : Double.NaN;
  }
}
