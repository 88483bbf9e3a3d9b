package io.ilteo.modelkit.training;

import java.util.Map;

/**
 * Predictions beside what was observed, row by row, so that any selection of rows can be scored.
 */
public sealed interface Scored permits ScoredAmounts, ScoredClasses, ScoredJoint {
  /** Index of each row among the sequences it was made from, rising. */
  int[] sequences();

  /** Figures over all rows. */
  Map<String, Double> metrics();

  /** The given rows, repeated where an index is repeated. */
  Scored select(int[] rows);

  /**
   * The same rows with what the same model's rows of the validation fold teach about its errors.
   * What a task learns there only in training it leaves as it is.
   */
  default Scored calibrated(Scored validation) {
    return this;
  }

  /**
   * The same rows, read as they will be when served, as far as that is learned from few numbers:
   * what a search on the validation fold should compare.
   */
  default Scored asServed() {
    return this;
  }
}
