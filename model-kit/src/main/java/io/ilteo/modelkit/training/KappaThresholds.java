package io.ilteo.modelkit.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Thresholds on the mean class that give the most quadratic weighted kappa.
 *
 * <p>Kappa is agreement beyond that of the margins, so that neither the likeliest class nor the
 * rounded mean is its best answer: both answer the middle too often. Where the distribution of the
 * classes given the inputs is known, decisions that rise with its mean lose nothing to any others
 * (squared distances depend on nothing else), and their thresholds are all that is to be learned.
 *
 * <p>Notation. k classes; B bins of equal size over the means of the fitted rows; n(b, c) rows of
 * class c in the bins below b. A threshold lies at the lower edge of a bin. From thresholds that
 * answer each class as often as it was observed, one threshold after the other moves to its best
 * place until none moves.
 */
final class KappaThresholds {
  private static final int MOST_BINS = 200;
  private static final int MOST_PASSES = 20;

  private final int classes;
  // [B] lower edges of the bins
  private final double[] edges;
  // [B + 1][k]
  private final int[][] below;

  private KappaThresholds(int classes, double[] edges, int[][] below) {
    this.classes = classes;
    this.edges = edges;
    this.below = below;
  }

  /** Mean class of a distribution. */
  static double mean(double[] probabilities) {
    double mean = 0;
    for (int c = 1; c < probabilities.length; c++) {
      mean += c * probabilities[c];
    }
    return mean;
  }

  /** Learns thresholds: observed classes [n], probabilities [n][k]. */
  static DecisionRule.Thresholds fit(int[] observed, double[][] probabilities) {
    int classes = probabilities.length == 0 ? 0 : probabilities[0].length;
    double[] means = Arrays.stream(probabilities).mapToDouble(KappaThresholds::mean).toArray();
    double[] edges = edges(means);
    int[][] below = new int[edges.length + 1][classes];
    for (int i = 0; i < means.length; i++) {
      int at = Arrays.binarySearch(edges, means[i]);
      below[(at >= 0 ? at : -at - 2) + 1][observed[i]]++;
    }
    for (int b = 1; b < below.length; b++) {
      for (int c = 0; c < classes; c++) {
        below[b][c] += below[b - 1][c];
      }
    }
    return new KappaThresholds(classes, edges, below).best();
  }

  /** Different values at equal ranks, the least first. */
  private static double[] edges(double[] means) {
    double[] sorted = means.clone();
    Arrays.sort(sorted);
    int bins = Math.min(MOST_BINS, sorted.length);
    return IntStream.range(0, bins)
        .mapToDouble(b -> sorted[(int) ((long) b * sorted.length / bins)])
        .distinct()
        .toArray();
  }

  private DecisionRule.Thresholds best() {
    // cuts[j]: bins below it are answered by a class of at most j
    int[] cuts = asOftenAsObserved();
    double kappa = kappa(cuts);
    boolean moved = true;
    for (int pass = 0; pass < MOST_PASSES && moved; pass++) {
      moved = false;
      for (int j = 0; j < cuts.length; j++) {
        int from = j == 0 ? 0 : cuts[j - 1];
        int to = j == cuts.length - 1 ? edges.length : cuts[j + 1];
        int kept = cuts[j];
        for (int place = from; place <= to; place++) {
          cuts[j] = place;
          double value = kappa(cuts);
          if (value > kappa) {
            kappa = value;
            kept = place;
            moved = true;
          }
        }
        cuts[j] = kept;
      }
    }
    return new DecisionRule.Thresholds(values(cuts));
  }

  private int[] asOftenAsObserved() {
    int[] all = below[edges.length];
    int[] cuts = new int[Math.max(0, classes - 1)];
    long wanted = 0;
    int bin = 0;
    for (int j = 0; j < cuts.length; j++) {
      wanted += all[j];
      while (bin < edges.length && IntStream.of(below[bin]).sum() < wanted) {
        bin++;
      }
      cuts[j] = bin;
    }
    return cuts;
  }

  private double kappa(int[] cuts) {
    double[][] confusion = new double[classes][classes];
    int n = 0;
    for (int decided = 0; decided < classes; decided++) {
      int[] from = below[decided == 0 ? 0 : cuts[decided - 1]];
      int[] to = below[decided == classes - 1 ? edges.length : cuts[decided]];
      for (int c = 0; c < classes; c++) {
        confusion[c][decided] = to[c] - from[c];
        n += to[c] - from[c];
      }
    }
    return ClassMetrics.kappa(confusion, n);
  }

  /** A cut behind the last bin lies above every mean. */
  private List<Double> values(int[] cuts) {
    return IntStream.of(cuts)
        .mapToDouble(cut -> cut < edges.length ? edges[cut] : classes)
        .boxed()
        .toList();
  }
}
