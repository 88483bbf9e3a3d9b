package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.training.ConformalIntervals;
import io.ilteo.modelkit.training.PredictedAmounts;
import io.ilteo.modelkit.training.Readout;
import java.util.List;

/**
 * Reads a network's output as a nominal wage: what was learned of the scale, and how far off
 * predictions are.
 *
 * @param target what the network learned
 * @param output which output of the head is the prediction
 * @param smearing what turns a median in logs into a mean
 * @param least least wage that is answered: the training fold's
 * @param intervals calibrated on the predictions for the validation fold
 */
record WageReadout(
    WageTarget target, int output, double smearing, double least, ConformalIntervals intervals)
    implements Readout {
  /** Name among the attachments. */
  static final String PART = "wage";

  @Override
  public PredictedAmounts read(Sequences sequences, List<float[][]> outputs, double coverage) {
    int n = outputs.getFirst().length;
    double[] wages = new double[n];
    double[] lower = new double[n];
    double[] upper = new double[n];
    for (int i = 0; i < n; i++) {
      double wage = target.decode(sequences, i, outputs.getFirst()[i][output]) * smearing;
      wages[i] = Math.max(least, wage);
      ConformalIntervals.Interval interval = intervals.interval(wages[i], coverage);
      lower[i] = interval.lower();
      upper[i] = interval.upper();
    }
    return new PredictedAmounts(wages, lower, upper);
  }
}
