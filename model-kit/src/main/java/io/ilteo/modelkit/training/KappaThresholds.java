package io.ilteo.modelkit.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
 * answer each class as often as it was observed, neighbouring thresholds move two by two to their
 * best places until none moves, first for accuracy, then for kappa where accuracy allows: for three
 * classes that is every pair there is.
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

  /**
   * Learns thresholds.
   *
   * @param accuracyCost how many answers, as a share of all, may be lost for kappa
   * @param observed [n]
   * @param probabilities [n][k]
   */
  static DecisionRule.Thresholds fit(
      double accuracyCost, int[] observed, double[][] probabilities) {
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
    return new KappaThresholds(classes, edges, below).best((int) (accuracyCost * means.length));
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

  private DecisionRule.Thresholds best(int errorsAllowed) {
    // cuts[j]: bins below it are answered by a class of at most j
    int[] cuts = asOftenAsObserved();
    climb(cuts, this::correct);
    int floor = correct(cuts) - errorsAllowed;
    climb(cuts, moved -> correct(moved) < floor ? Double.NEGATIVE_INFINITY : kappa(moved));
    return new DecisionRule.Thresholds(values(cuts));
  }

  private void climb(int[] cuts, ToDoubleFunction<int[]> goal) {
    boolean moved = true;
    for (int pass = 0; pass < MOST_PASSES && moved; pass++) {
      moved = false;
      for (int j = 0; j < Math.max(1, cuts.length - 1); j++) {
        moved |= moveTwo(cuts, j, goal);
      }
    }
  }

  /** Moves cut j and the next, if there is one, to their best places between their neighbours. */
  private boolean moveTwo(int[] cuts, int j, ToDoubleFunction<int[]> goal) {
    int next = Math.min(j + 1, cuts.length - 1);
    int from = j == 0 ? 0 : cuts[j - 1];
    int to = next == cuts.length - 1 ? edges.length : cuts[next + 1];
    int[] tried = cuts.clone();
    double most = goal.applyAsDouble(cuts);
    boolean moved = false;
    for (int low = from; low <= to; low++) {
      tried[j] = low;
      for (int high = low; high <= (next == j ? low : to); high++) {
        tried[next] = high;
        double value = goal.applyAsDouble(tried);
        if (value > most) {
          most = value;
          cuts[j] = low;
          cuts[next] = high;
          moved = true;
        }
      }
    }
    return moved;
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

  private int correct(int[] cuts) {
    int correct = 0;
    for (int decided = 0; decided < classes; decided++) {
      int from = decided == 0 ? 0 : cuts[decided - 1];
      int to = decided == classes - 1 ? edges.length : cuts[decided];
      correct += below[to][decided] - below[from][decided];
    }
    return correct;
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
