package io.ilteo.modelkit.training;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;

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
}
