package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import java.util.List;

/**
 * Reads the outputs of one model version's networks as predictions, with nothing but what was saved
 * with the version. For use by many threads at once.
 */
@FunctionalInterface
public interface Readout {
  /**
   * What outputs predict for each sequence.
   *
   * @param outputs one [n][outputs] for each head, of the mean of the version's networks
   * @param coverage share of targets that intervals or sets should hold, in (0, 1)
   */
  Predicted read(Sequences sequences, List<float[][]> outputs, double coverage);
}
