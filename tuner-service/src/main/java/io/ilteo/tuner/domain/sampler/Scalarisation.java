package io.ilteo.tuner.domain.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** One finite loss for every trial, whatever its objectives, constraints and end. */
final class Scalarisation {
  // Weight of the sum beside the maximum (Knowles 2006, eq. 2).
  private static final double AUGMENTATION = 0.05;

  private Scalarisation() {}

  /**
   * Losses (n). A single objective is itself; several are scaled to [0, 1] and joined by the
   * augmented Chebyshev function with weights drawn from {@code random}. Infeasible trials lie
   * above all feasible ones by their violation; failed ones at the worst.
   */
  static double[] losses(List<FinishedTrial> trials, RandomGenerator random) {
    int objectives = trials.stream().mapToInt(trial -> trial.losses().size()).max().orElse(0);
    double[] weights = objectives > 1 ? simplex(objectives, random) : new double[] {1};
    double[] low = new double[objectives];
    double[] high = new double[objectives];
    for (int m = 0; m < objectives; m++) {
      int objective = m;
      double[] sorted =
          trials.stream()
              .filter(trial -> !trial.failed())
              .mapToDouble(trial -> trial.losses().get(objective))
              .sorted()
              .toArray();
      low[m] = sorted[0];
      high[m] = sorted[sorted.length - 1];
    }
    double[] losses = new double[trials.size()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] =
          trials.get(i).failed() ? Double.NaN : join(trials.get(i).losses(), weights, low, high);
    }
    penalise(trials, losses);
    return losses;
  }

  private static double join(List<Double> losses, double[] weights, double[] low, double[] high) {
    if (losses.size() == 1) {
      return losses.getFirst();
    }
    double max = 0;
    double sum = 0;
    for (int m = 0; m < weights.length; m++) {
      double range = high[m] - low[m];
      double weighted = weights[m] * (range > 0 ? (losses.get(m) - low[m]) / range : 0);
      max = Math.max(max, weighted);
      sum += weighted;
    }
    return max + AUGMENTATION * sum;
  }

  private static void penalise(List<FinishedTrial> trials, double[] losses) {
    double[] valued = Arrays.stream(losses).filter(loss -> !Double.isNaN(loss)).sorted().toArray();
    double worst = valued[valued.length - 1];
    double range = Math.max(worst - valued[0], 1e-12);
    for (int i = 0; i < losses.length; i++) {
      double violation = trials.get(i).violation();
      if (Double.isNaN(losses[i])) {
        losses[i] = worst;
      } else if (violation > 0) {
        // In (worst, worst + range): monotone in the violation and finite for infinite ones.
        losses[i] = worst + range * (1 - 1 / (1 + violation));
      }
    }
  }

  /** A point of the simplex, uniformly. */
  private static double[] simplex(int size, RandomGenerator random) {
    double[] weights = new double[size];
    double sum = 0;
    for (int m = 0; m < size; m++) {
      weights[m] = random.nextExponential();
      sum += weights[m];
    }
    for (int m = 0; m < size; m++) {
      weights[m] /= sum;
    }
    return weights;
  }
}
