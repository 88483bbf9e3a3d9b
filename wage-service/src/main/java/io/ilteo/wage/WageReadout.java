package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageTransform;
import io.ilteo.modelkit.training.ConformalIntervals;
import io.ilteo.modelkit.training.PredictedAmounts;
import io.ilteo.modelkit.training.Readout;
import java.util.List;

/**
 * Reads a network's output as a nominal wage: what was learned of the scale, and how far off
 * predictions are.
 *
 * @param transform between wages and what the network learned
 * @param smearing what turns a median in logs into a mean
 * @param intervals calibrated on the predictions for the validation fold
 */
record WageReadout(WageTransform transform, double smearing, ConformalIntervals intervals)
    implements Readout {
  /** Name among the attachments. */
  static final String PART = "wage";

  /** Where the learned change starts from: the last observed wage, standardised; 0 is the mean. */
  static double start(WageTransform transform, Sequences sequences, int i) {
    float last = sequences.lastWage(i);
    return Float.isNaN(last) ? 0 : transform.toModel(last, sequences.priceLevel(i));
  }

  /** The nominal wage whose log the output stands for: the median. */
  static double median(WageTransform transform, Sequences sequences, int i, float output) {
    return transform.fromModel(start(transform, sequences, i) + output, sequences.priceLevel(i));
  }

  @Override
  public PredictedAmounts read(Sequences sequences, List<float[][]> outputs, double coverage) {
    int n = outputs.getFirst().length;
    double[] wages = new double[n];
    double[] lower = new double[n];
    double[] upper = new double[n];
    for (int i = 0; i < n; i++) {
      wages[i] = median(transform, sequences, i, outputs.getFirst()[i][0]) * smearing;
      ConformalIntervals.Interval interval = intervals.interval(wages[i], coverage);
      lower[i] = interval.lower();
      upper[i] = interval.upper();
    }
    return new PredictedAmounts(wages, lower, upper);
  }
}
