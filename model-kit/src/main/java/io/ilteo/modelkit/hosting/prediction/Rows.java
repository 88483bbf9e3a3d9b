package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.Predicted;

/**
 * Some persons of one request among those that were predicted together.
 *
 * @param from first row of this request's
 * @param to row after the last
 */
public record Rows(Sequences sequences, Predicted predicted, int from, int to) {
  /** Number of persons. */
  public int size() {
    return to - from;
  }
}
