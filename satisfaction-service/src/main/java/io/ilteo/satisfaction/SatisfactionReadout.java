package io.ilteo.satisfaction;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.ClassReading;
import io.ilteo.modelkit.training.PredictedClasses;
import io.ilteo.modelkit.training.Readout;
import java.util.List;

/**
 * Reads a network's outputs as classes: calibrated, decided, with a conformal set.
 *
 * @param labels least satisfied first
 */
record SatisfactionReadout(List<String> labels, ClassReading reading) implements Readout {
  /** Name among the attachments. */
  static final String PART = "satisfaction";

  SatisfactionReadout {
    labels = List.copyOf(labels);
  }

  /** A head's outputs as they are. */
  static double[] probabilities(float[] outputs) {
    double[] probabilities = new double[outputs.length];
    for (int c = 0; c < outputs.length; c++) {
      probabilities[c] = outputs[c];
    }
    return probabilities;
  }

  @Override
  public PredictedClasses read(Sequences sequences, List<float[][]> outputs, double coverage) {
    int n = outputs.getFirst().length;
    double[][] probabilities = new double[n][];
    int[] decided = new int[n];
    boolean[][] sets = new boolean[n][];
    for (int i = 0; i < n; i++) {
      probabilities[i] = reading.calibration().apply(probabilities(outputs.getFirst()[i]));
      decided[i] = reading.rule().decide(probabilities[i]);
      sets[i] = reading.set(probabilities[i], coverage);
    }
    return new PredictedClasses(probabilities, decided, sets, labels);
  }
}
