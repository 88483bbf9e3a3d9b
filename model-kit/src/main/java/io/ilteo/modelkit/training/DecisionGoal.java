package io.ilteo.modelkit.training;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** What answers are to be good at. For each goal a {@link DecisionRule} is learned. */
public sealed interface DecisionGoal {
  /**
   * Learns a rule.
   *
   * @param observed [n]
   * @param probabilities [n][classes], calibrated, of the validation fold
   */
  DecisionRule learn(int[] observed, double[][] probabilities);

  /** What decides before anything is learned. */
  default DecisionRule unlearned(int classes) {
    return DecisionRule.argmax(classes);
  }

  /** Fewest errors: the likeliest class. */
  record FewestErrors() implements DecisionGoal {
    @Override
    public DecisionRule learn(int[] observed, double[][] probabilities) {
      return DecisionRule.argmax(classes(probabilities));
    }
  }

  /** Least distance in classes: the median of the distribution. */
  record LeastDistance() implements DecisionGoal {
    @Override
    public DecisionRule learn(int[] observed, double[][] probabilities) {
      return new DecisionRule.Median();
    }

    @Override
    public DecisionRule unlearned(int classes) {
      return new DecisionRule.Median();
    }
  }

  /**
   * A share of the lowest class is found, by the least weight on it: a larger one would only cost
   * more errors among the others.
   *
   * @param share (0, 1]
   */
  record Recall(double share) implements DecisionGoal {
    @Override
    public DecisionRule learn(int[] observed, double[][] probabilities) {
      int classes = classes(probabilities);
      double[] needed = new double[observed.length];
      int lowest = 0;
      for (int i = 0; i < observed.length; i++) {
        if (observed[i] == 0) {
          double rival = Arrays.stream(probabilities[i], 1, classes).max().orElse(0);
          needed[lowest++] = rival / Math.max(probabilities[i][0], Double.MIN_NORMAL);
        }
      }
      if (lowest == 0) {
        return DecisionRule.argmax(classes);
      }
      double[] sorted = Arrays.stream(needed, 0, lowest).sorted().toArray();
      double weight = sorted[Math.max(0, (int) Math.ceil(share * lowest) - 1)];
      // A hair more, so that a tie is won by the lowest class.
      double least = Math.max(1, weight * (1 + 1e-9));
      return new DecisionRule.Weighted(
          DoubleStream.concat(
                  DoubleStream.of(least), DoubleStream.generate(() -> 1).limit(classes - 1L))
              .boxed()
              .toList());
    }
  }

  /**
   * Most quadratic weighted kappa, by thresholds on the mean class.
   *
   * @param accuracyCost the share of all answers by which they may be right less often than with
   *     the thresholds of fewest errors, [0, 1]. Around those accuracy is flat and kappa is not:
   *     the first tenths of a per cent buy the most.
   */
  record Kappa(double accuracyCost) implements DecisionGoal {
    @Override
    public DecisionRule learn(int[] observed, double[][] probabilities) {
      return KappaThresholds.fit(accuracyCost, observed, probabilities);
    }
  }

  private static int classes(double[][] probabilities) {
    return probabilities.length == 0 ? 0 : probabilities[0].length;
  }
}
