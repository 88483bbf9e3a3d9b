package io.ilteo.wage;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.ConformalIntervals;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Scored;
import io.ilteo.modelkit.training.ScoredAmounts;
import io.ilteo.modelkit.training.ScoredJoint;
import java.util.List;
import java.util.Optional;

/**
 * Learning a {@link WageTarget} by the first head, and the satisfaction by a second one where the
 * network has it.
 */
final class WageProblem implements LearningProblem {
  /** Classes of satisfaction that a joint network learns. */
  static final int SATISFACTION_CLASSES = 5;

  private static final int WAGE_HEAD = 0;
  private static final int SATISFACTION_HEAD = 1;
  private static final int INTERVAL_BANDS = 5;

  private final WageTarget target;
  private final NetworkSpec network;
  private final int output;
  private final int batchSize;
  private final WageRows rows;
  private final Optional<JointSatisfaction> satisfaction;

  /**
   * @param output which output of the wage head is the prediction
   * @param satisfaction how a second head is scored, where there is one that can be
   */
  WageProblem(
      PreparedData data,
      WageTarget target,
      NetworkSpec network,
      int output,
      int batchSize,
      Optional<JointSatisfaction> satisfaction) {
    this.target = target;
    this.network = network;
    this.output = output;
    this.batchSize = batchSize;
    this.rows = new WageRows(data);
    this.satisfaction = satisfaction;
  }

  @Override
  public NetworkSpec network() {
    return network;
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  @Override
  public float target(int head, Sequences sequences, int i) {
    if (head == WAGE_HEAD) {
      return (float) target.encode(sequences, i);
    }
    int observed = sequences.satisfactionClass(i, SATISFACTION_CLASSES);
    return observed >= 0 ? observed : Float.NaN;
  }

  @Override
  public Scored score(Sequences sequences, List<float[][]> outputs, TrainingSample training) {
    ScoredAmounts wages = wages(sequences, outputs, training);
    return satisfaction.isEmpty()
        ? wages
        : ScoredJoint.of(
            wages,
            satisfaction.get().score(sequences, outputs.get(SATISFACTION_HEAD)),
            JointSatisfaction.PREFIX);
  }

  private ScoredAmounts wages(
      Sequences sequences, List<float[][]> outputs, TrainingSample training) {
    double smearing = smearing(training);
    float[][] wages = outputs.get(WAGE_HEAD);
    return rows.score(sequences, i -> target.decode(sequences, i, wages[i][output]) * smearing);
  }

  @Override
  public Attachments attachments(TrainingSample training, TrainingSample validation) {
    ScoredAmounts scored = wages(validation.sequences(), validation.outputs(), training);
    return Attachments.none()
        .with(
            WageReadout.PART,
            new WageReadout(
                target,
                output,
                smearing(training),
                rows.least(),
                ConformalIntervals.fit(scored.predicted(), scored.observed(), INTERVAL_BANDS)));
  }

  private double smearing(TrainingSample training) {
    float[][] wages = training.outputs().get(WAGE_HEAD);
    int[] chosen = training.rows();
    return target.smearing(
        training.sequences(),
        chosen,
        k -> target.decode(training.sequences(), chosen[k], wages[k][output]));
  }
}
