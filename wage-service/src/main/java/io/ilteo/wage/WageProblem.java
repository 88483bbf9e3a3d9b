package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.ConformalIntervals;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.ScoredAmounts;
import java.util.List;

/** Learning the change of the wage, as a {@link WageTarget}. */
final class WageProblem implements LearningProblem {
  private static final int BATCH = 128;
  private static final int HEAD_UNITS = 32;
  private static final int INTERVAL_BANDS = 5;

  private final WageTarget target;
  private final NetworkSpec network;
  private final WageRows rows;

  WageProblem(PreparedData data, Hyperparameters parameters) {
    this.target = WageTarget.fit(data, WageScale.LOG, true);
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
    double change = this.target.encode(sequences, i);
    if (Double.isNaN(change)) {
      return false;
    }
    target[offset] = (float) change;
    return true;
  }

  @Override
  public ScoredAmounts score(
      Sequences sequences, List<float[][]> outputs, TrainingSample training) {
    double smearing = smearing(training);
    return rows.score(
        sequences, i -> target.decode(sequences, i, outputs.getFirst()[i][0]) * smearing);
  }

  @Override
  public Attachments attachments(TrainingSample training, TrainingSample validation) {
    ScoredAmounts scored = score(validation.sequences(), validation.outputs(), training);
    return Attachments.none()
        .with(
            WageReadout.PART,
            new WageReadout(
                target,
                smearing(training),
                rows.least(),
                ConformalIntervals.fit(scored.predicted(), scored.observed(), INTERVAL_BANDS)));
  }

  private double smearing(TrainingSample training) {
    float[][] outputs = training.outputs().getFirst();
    return target.smearing(
        training.sequences(),
        training.size(),
        i -> target.decode(training.sequences(), i, outputs[i][0]));
  }
}
