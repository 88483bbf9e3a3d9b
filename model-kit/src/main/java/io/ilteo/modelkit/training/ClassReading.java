package io.ilteo.modelkit.training;

import java.util.Arrays;
import java.util.List;

/**
 * How a network's probabilities are read: calibrated, decided, and widened to sets. Learned on the
 * validation fold, kept with a model version.
 *
 * @param scores quantiles of 1 − p(observed class) in steps of .5 %, for conformal sets (Sadinle,
 *     Lei and Wasserman 2019)
 */
public record ClassReading(Calibration calibration, DecisionRule rule, List<Double> scores) {
  private static final int QUANTILES = 200;

  public ClassReading {
    scores = List.copyOf(scores);
  }

  /** What is to be learned. */
  public record Choice(Calibration.Kind calibration, DecisionGoal goal) {
    /** Probabilities as they are, the likeliest class. */
    public static final Choice PLAIN =
        new Choice(Calibration.Kind.NONE, new DecisionGoal.FewestErrors());
  }

  /** What can be read before anything is learned: probabilities as they are. */
  static ClassReading unlearned(Choice choice, int classes) {
    return new ClassReading(Calibration.none(classes), choice.goal().unlearned(classes), List.of());
  }

  /** Learns from the validation fold: observed classes [n], probabilities [n][classes]. */
  public static ClassReading fit(Choice choice, int[] observed, double[][] probabilities) {
    Calibration calibration = Calibration.fit(choice.calibration(), observed, probabilities);
    double[][] calibrated =
        Arrays.stream(probabilities).map(calibration::apply).toArray(double[][]::new);
    return new ClassReading(
        calibration, choice.goal().learn(observed, calibrated), scores(observed, calibrated));
  }

  private static List<Double> scores(int[] observed, double[][] calibrated) {
    int n = observed.length;
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      scores[i] = 1 - calibrated[i][observed[i]];
    }
    Arrays.sort(scores);
    Double[] quantiles = new Double[QUANTILES + 1];
    for (int q = 0; q <= QUANTILES; q++) {
      int rank = (int) Math.ceil((n + 1) * (double) q / QUANTILES);
      quantiles[q] = rank > n ? 1.0 : scores[Math.max(0, rank - 1)];
    }
    return List.of(quantiles);
  }

  /** The classes that hold the observed one with probability {@code coverage}, in (0, 1). */
  public boolean[] set(double[] calibrated, double coverage) {
    boolean[] set = new boolean[calibrated.length];
    double limit = scores.isEmpty() ? 1 : scores.get((int) Math.ceil(coverage * QUANTILES));
    for (int c = 0; c < set.length; c++) {
      set[c] = 1 - calibrated[c] <= limit;
    }
    // The decided class belongs in it, lest a set be empty.
    set[rule.decide(calibrated)] = true;
    return set;
  }
}
