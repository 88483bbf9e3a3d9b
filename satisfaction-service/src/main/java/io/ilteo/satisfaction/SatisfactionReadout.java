package io.ilteo.satisfaction;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.PredictedClasses;
import io.ilteo.modelkit.training.Readout;
import io.ilteo.modelkit.training.ScoredClasses;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a network's outputs as classes: the most probable one, and a conformal set.
 *
 * @param labels least satisfied first
 * @param scores quantiles of 1 − p(observed class) on the validation fold, in steps of .5 %
 */
record SatisfactionReadout(List<String> labels, List<Double> scores) implements Readout {
  /** Name among the attachments. */
  static final String PART = "satisfaction";

  private static final int QUANTILES = 200;

  SatisfactionReadout {
    labels = List.copyOf(labels);
    scores = List.copyOf(scores);
  }

  /** Learns the scores of split-conformal sets (Sadinle, Lei and Wasserman 2019). */
  static SatisfactionReadout fit(ScoredClasses validation) {
    int n = validation.observed().length;
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] = 1 - validation.probabilities()[i][validation.observed()[i]];
    }
    Arrays.sort(scores);
    Double[] quantiles = new Double[QUANTILES + 1];
    for (int q = 0; q <= QUANTILES; q++) {
      int rank = (int) Math.ceil((n + 1) * (double) q / QUANTILES);
      quantiles[q] = rank > n ? 1.0 : scores[Math.max(0, rank - 1)];
    }
    return new SatisfactionReadout(validation.labels(), List.of(quantiles));
  }

  /** A head's outputs as they are. */
  static double[] probabilities(float[] outputs) {
    double[] probabilities = new double[outputs.length];
    for (int c = 0; c < outputs.length; c++) {
      probabilities[c] = outputs[c];
    }
    return probabilities;
  }

  @Override
  public PredictedClasses read(Sequences sequences, List<float[][]> outputs, double coverage) {
    int n = outputs.getFirst().length;
    double limit = scores.get((int) Math.ceil(coverage * QUANTILES));
    double[][] probabilities = new double[n][];
    int[] decided = new int[n];
    boolean[][] sets = new boolean[n][labels.size()];
    for (int i = 0; i < n; i++) {
      probabilities[i] = probabilities(outputs.getFirst()[i]);
      for (int c = 0; c < labels.size(); c++) {
        if (probabilities[i][c] > probabilities[i][decided[i]]) {
          decided[i] = c;
        }
      }
      for (int c = 0; c < labels.size(); c++) {
        // The decided class belongs in it, lest a set be empty.
        sets[i][c] = c == decided[i] || 1 - probabilities[i][c] <= limit;
      }
    }
    return new PredictedClasses(probabilities, decided, sets, labels);
  }
}
