package io.ilteo.modelkit.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of predicted against observed amounts, in the unit of the amounts. */
public final class RegressionMetrics {
  private RegressionMetrics() {}

  /**
   * RMSE, MAE, median absolute error, MAPE, R² and bias (mean of predicted − observed).
   *
   * @param observed [n], positive
   * @param predicted [n]
   */
  public static Map<String, Double> of(double[] observed, double[] predicted) {
    int n = observed.length;
    double mean = Arrays.stream(observed).average().orElse(Double.NaN);
    double squares = 0;
    double absolute = 0;
    double relative = 0;
    double bias = 0;
    double spread = 0;
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      double error = predicted[i] - observed[i];
      errors[i] = Math.abs(error);
      squares += error * error;
      absolute += errors[i];
      relative += errors[i] / observed[i];
      bias += error;
      spread += (observed[i] - mean) * (observed[i] - mean);
    }
    Arrays.sort(errors);
    double median = n == 0 ? Double.NaN : (errors[(n - 1) / 2] + errors[n / 2]) / 2;
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("rmse", Math.sqrt(squares / n));
    metrics.put("mae", absolute / n);
    metrics.put("median_ae", median);
    metrics.put("mape", relative / n);
    metrics.put("r2", 1 - squares / spread);
    metrics.put("bias", bias / n);
    return metrics;
  }
}
