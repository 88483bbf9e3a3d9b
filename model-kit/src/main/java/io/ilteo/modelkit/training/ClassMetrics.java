package io.ilteo.modelkit.training;

import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of predicted class probabilities against observed, ordered classes. */
public final class ClassMetrics {
  private static final double MIN_PROBABILITY = 1e-7;
  private static final int RELIABILITY_BINS = 10;

  private ClassMetrics() {}

  /**
   * Accuracy, balanced accuracy, macro-F1, quadratic weighted kappa, ordinal MAE, each class's
   * recall and precision, of what was decided; log loss, Brier score, ranked probability score and
   * expected calibration error of the probabilities.
   *
   * @param observed [n] classes 0 … k−1
   * @param probabilities [n][k], rows summing to 1
   * @param decided [n]
   */
  public static Map<String, Double> of(int[] observed, double[][] probabilities, int[] decided) {
    int n = observed.length;
    int k = probabilities[0].length;
    double[][] confusion = new double[k][k];
    double logLoss = 0;
    double brier = 0;
    double ranked = 0;
    double[] confidence = new double[RELIABILITY_BINS];
    double[] hits = new double[RELIABILITY_BINS];
    for (int i = 0; i < n; i++) {
      int predicted = argmax(probabilities[i]);
      confusion[observed[i]][decided[i]]++;
      logLoss -= Math.log(Math.max(MIN_PROBABILITY, probabilities[i][observed[i]]));
      double gaps = 0;
      for (int c = 0; c < k; c++) {
        double gap = probabilities[i][c] - (c == observed[i] ? 1 : 0);
        brier += gap * gap;
        gaps += gap;
        ranked += gaps * gaps / (k - 1);
      }
      double top = probabilities[i][predicted];
      int bin = Math.min(RELIABILITY_BINS - 1, (int) (top * RELIABILITY_BINS));
      confidence[bin] += top;
      hits[bin] += predicted == observed[i] ? 1 : 0;
    }
    Map<String, Double> metrics = new LinkedHashMap<>(ofConfusion(confusion, n));
    metrics.put("log_loss", logLoss / n);
    metrics.put("brier", brier / n);
    metrics.put("rps", ranked / n);
    double ece = 0;
    for (int bin = 0; bin < RELIABILITY_BINS; bin++) {
      ece += Math.abs(confidence[bin] - hits[bin]) / n;
    }
    metrics.put("ece", ece);
    return metrics;
  }

  private static Map<String, Double> ofConfusion(double[][] confusion, int n) {
    int k = confusion.length;
    double[] observed = new double[k];
    double[] predicted = new double[k];
    double correct = 0;
    double distance = 0;
    for (int i = 0; i < k; i++) {
      correct += confusion[i][i];
      for (int j = 0; j < k; j++) {
        observed[i] += confusion[i][j];
        predicted[j] += confusion[i][j];
        distance += Math.abs(i - j) * confusion[i][j];
      }
    }
    double recalls = 0;
    double f1 = 0;
    int present = 0;
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", correct / n);
    for (int i = 0; i < k; i++) {
      double recall = observed[i] == 0 ? 0 : confusion[i][i] / observed[i];
      metrics.put("recall_" + i, recall);
      if (predicted[i] > 0) {
        metrics.put("precision_" + i, confusion[i][i] / predicted[i]);
      }
      if (observed[i] + predicted[i] > 0) {
        present++;
        recalls += recall;
        f1 += 2 * confusion[i][i] / (observed[i] + predicted[i]);
      }
    }
    metrics.put("balanced_accuracy", recalls / present);
    metrics.put("macro_f1", f1 / present);
    metrics.put("qwk", kappa(confusion, n));
    metrics.put("ordinal_mae", distance / n);
    return metrics;
  }

  /**
   * Quadratic weighted kappa (Cohen 1968).
   *
   * @param confusion [k][k], observed by decided
   * @param n sum of its entries
   */
  static double kappa(double[][] confusion, int n) {
    int k = confusion.length;
    double[] observed = new double[k];
    double[] decided = new double[k];
    double disagreement = 0;
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        observed[i] += confusion[i][j];
        decided[j] += confusion[i][j];
        disagreement += (double) (i - j) * (i - j) * confusion[i][j];
      }
    }
    double expected = 0;
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        expected += (double) (i - j) * (i - j) * observed[i] * decided[j] / n;
      }
    }
    return expected == 0 ? 0 : 1 - disagreement / expected;
  }

  /** Index of the largest entry, the first of equals. */
  public static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
