package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealVector;

/** Linear regression on the inputs of the last step, shrunk by a quadratic penalty. */
public final class RidgeRegression {
  private final double[] coefficients;

  private RidgeRegression(double[] coefficients) {
    this.coefficients = coefficients;
  }

  /**
   * Fits by the normal equations (XᵀX + λI) β = Xᵀy; the intercept is not shrunk.
   *
   * @param targets [n], NaN where a sequence does not count
   * @param penalty λ, positive
   */
  public static RidgeRegression fit(Sequences sequences, double[] targets, double penalty) {
    int width = sequences.features() + 1;
    double[][] gram = new double[width][width];
    double[] moment = new double[width];
    double[] row = new double[width];
    for (int i = 0; i < targets.length; i++) {
      if (Double.isNaN(targets[i])) {
        continue;
      }
      copyLastStep(sequences, i, row);
      for (int a = 0; a < width; a++) {
        moment[a] += row[a] * targets[i];
        for (int b = 0; b <= a; b++) {
          gram[a][b] += row[a] * row[b];
        }
      }
    }
    for (int a = 0; a < width; a++) {
      gram[a][a] += a == 0 ? 1e-9 : penalty;
      for (int b = 0; b < a; b++) {
        gram[b][a] = gram[a][b];
      }
    }
    RealVector solution =
        new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false))
            .getSolver()
            .solve(new ArrayRealVector(moment, false));
    return new RidgeRegression(solution.toArray());
  }

  /** The fitted value of sequence {@code i}. */
  public double predict(Sequences sequences, int i) {
    double[] row = new double[coefficients.length];
    copyLastStep(sequences, i, row);
    double value = 0;
    for (int a = 0; a < row.length; a++) {
      value += coefficients[a] * row[a];
    }
    return value;
  }

  private static void copyLastStep(Sequences sequences, int i, double[] row) {
    float[] inputs = new float[sequences.steps() * sequences.features()];
    sequences.copyInputs(i, inputs, 0);
    int from = (sequences.steps() - 1) * sequences.features();
    row[0] = 1;
    for (int feature = 0; feature < sequences.features(); feature++) {
      row[feature + 1] = inputs[from + feature];
    }
  }
}
