package io.ilteo.modelkit.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/** Which class is answered, given the probabilities of ordered classes. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
  @JsonSubTypes.Type(value = DecisionRule.Weighted.class, name = "weighted"),
  @JsonSubTypes.Type(value = DecisionRule.Median.class, name = "median"),
  @JsonSubTypes.Type(value = DecisionRule.Thresholds.class, name = "thresholds")
})
public sealed interface DecisionRule {
  /** The class that is answered. */
  int decide(double[] probabilities);

  /** Rules by name. */
  enum Kind {
    /** The likeliest class: fewest errors. */
    ARGMAX,
    /** The median of the distribution: least distance in classes. */
    MEDIAN,
    /** The likeliest class, the lowest weighted so that a stated share of it is found. */
    RECALL,
    /** Thresholds on the mean class: most quadratic weighted kappa. */
    KAPPA
  }

  /**
   * The class of the largest weighted probability (Elkan 2001).
   *
   * @param weights one for each class
   */
  record Weighted(List<Double> weights) implements DecisionRule {
    public Weighted {
      weights = List.copyOf(weights);
    }

    @Override
    public int decide(double[] probabilities) {
      int best = 0;
      for (int c = 1; c < probabilities.length; c++) {
        if (probabilities[c] * weights.get(c) > probabilities[best] * weights.get(best)) {
          best = c;
        }
      }
      return best;
    }
  }

  /** The first class at which half of the probability is reached. */
  record Median() implements DecisionRule {
    @Override
    public int decide(double[] probabilities) {
      double below = 0;
      for (int c = 0; c < probabilities.length; c++) {
        below += probabilities[c];
        if (below >= 0.5) {
          return c;
        }
      }
      return probabilities.length - 1;
    }
  }

  /**
   * The class between whose thresholds the mean of the distribution, Σ c·p_c, lies.
   *
   * @param cuts rising, one fewer than classes; a mean at a cut is above it
   */
  record Thresholds(List<Double> cuts) implements DecisionRule {
    public Thresholds {
      cuts = List.copyOf(cuts);
    }

    @Override
    public int decide(double[] probabilities) {
      double mean = KappaThresholds.mean(probabilities);
      int decided = 0;
      while (decided < cuts.size() && mean >= cuts.get(decided)) {
        decided++;
      }
      return decided;
    }
  }

  /** The likeliest of {@code classes} classes. */
  static DecisionRule argmax(int classes) {
    return new Weighted(Collections.nCopies(classes, 1.0));
  }

  /**
   * Learns a rule.
   *
   * @param recall share of the lowest class that {@link Kind#RECALL} is to find
   * @param observed [n]
   * @param probabilities [n][classes], calibrated, of the validation fold
   */
  static DecisionRule fit(Kind kind, double recall, int[] observed, double[][] probabilities) {
    int classes = probabilities.length == 0 ? 0 : probabilities[0].length;
    return switch (kind) {
      case ARGMAX -> argmax(classes);
      case MEDIAN -> new Median();
      case RECALL -> recalling(recall, observed, probabilities, classes);
      case KAPPA -> KappaThresholds.fit(observed, probabilities);
    };
  }

  /**
   * The least weight of the lowest class that finds its share: a larger one would only cost more
   * errors among the others.
   */
  private static DecisionRule recalling(
      double recall, int[] observed, double[][] probabilities, int classes) {
    double[] needed = new double[observed.length];
    int lowest = 0;
    for (int i = 0; i < observed.length; i++) {
      if (observed[i] == 0) {
        double rival = Arrays.stream(probabilities[i], 1, classes).max().orElse(0);
        needed[lowest++] = rival / Math.max(probabilities[i][0], Double.MIN_NORMAL);
      }
    }
    if (lowest == 0) {
      return argmax(classes);
    }
    double[] sorted = Arrays.stream(needed, 0, lowest).sorted().toArray();
    double weight = sorted[Math.max(0, (int) Math.ceil(recall * lowest) - 1)];
    // A hair more, so that a tie is won by the lowest class.
    double least = Math.max(1, weight * (1 + 1e-9));
    return new Weighted(
        DoubleStream.concat(
                DoubleStream.of(least), DoubleStream.generate(() -> 1).limit(classes - 1L))
            .boxed()
            .toList());
  }
}
