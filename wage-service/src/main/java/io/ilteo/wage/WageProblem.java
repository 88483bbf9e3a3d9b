package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.panel.feature.WageTransform;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.ConformalIntervals;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.ScoredAmounts;
import java.util.List;

/**
 * Learning the standardised change of the log wage, deflated by the last input year's prices.
 *
 * <p>The output is added to the last observed wage (to the mean where none was observed), so a
 * network that has learned nothing yet predicts last year's wage instead of the mean.
 */
final class WageProblem implements LearningProblem {
  private static final int BATCH = 128;
  private static final int HEAD_UNITS = 32;
  private static final int INTERVAL_BANDS = 5;

  private final WageTransform transform;
  private final NetworkSpec network;
  private final WageRows rows;

  WageProblem(PreparedData data, Hyperparameters parameters) {
    this.transform = data.wages(WageScale.LOG);
    this.rows = new WageRows(data);
    this.network =
        new NetworkSpec(
            data.training().features(),
            List.of(parameters.integer("lstm_units_1"), parameters.integer("lstm_units_2")),
            parameters.number("dropout_rate"),
            HEAD_UNITS,
            List.of(new HeadSpec.Regression("wage", 1)),
            parameters.number("learning_rate"),
            parameters.number("l2"));
  }

  @Override
  public NetworkSpec network() {
    return network;
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public boolean encodeTarget(int head, Sequences sequences, int i, float[] target, int offset) {
    if (!sequences.hasWage(i)) {
      return false;
    }
    double z = transform.toModel(sequences.wage(i), sequences.priceLevel(i));
    target[offset] = (float) (z - WageReadout.start(transform, sequences, i));
    return true;
  }

  @Override
  public ScoredAmounts score(
      Sequences sequences, List<float[][]> outputs, TrainingSample training) {
    double smearing = smearing(training);
    return rows.score(
        sequences,
        i -> WageReadout.median(transform, sequences, i, outputs.getFirst()[i][0]) * smearing);
  }

  @Override
  public Attachments attachments(TrainingSample training, TrainingSample validation) {
    ScoredAmounts scored = score(validation.sequences(), validation.outputs(), training);
    return Attachments.none()
        .with(
            WageReadout.PART,
            new WageReadout(
                transform,
                smearing(training),
                ConformalIntervals.fit(scored.predicted(), scored.observed(), INTERVAL_BANDS)));
  }

  /**
   * What turns a median in logs into a mean: the mean of observed over predicted (Duan 1983), on
   * training sequences only.
   */
  private double smearing(TrainingSample training) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < training.size(); i++) {
      if (training.sequences().hasWage(i)) {
        sum +=
            training.sequences().wage(i)
                / WageReadout.median(
                    transform, training.sequences(), i, training.outputs().getFirst()[i][0]);
        count++;
      }
    }
    return count == 0 ? 1 : sum / count;
  }
}
