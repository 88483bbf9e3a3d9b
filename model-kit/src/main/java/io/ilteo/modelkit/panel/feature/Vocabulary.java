package io.ilteo.modelkit.panel.feature;

import java.util.List;

/**
 * The codes of a categorical column that were frequent enough in the training fold.
 *
 * @param codes ascending; code k has index k + 1, and index 0 stands for missing, rare and unknown
 */
public record Vocabulary(String column, List<Integer> codes) {
  public Vocabulary {
    codes = List.copyOf(codes);
  }

  /** Number of different indices. */
  public int cardinality() {
    return codes.size() + 1;
  }
}
