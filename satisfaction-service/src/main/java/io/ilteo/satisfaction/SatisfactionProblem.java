package io.ilteo.satisfaction;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.ClassReading;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.ScoredClasses;
import java.util.List;

/** Learning the class of satisfaction, and how probabilities of it are read. */
final class SatisfactionProblem implements LearningProblem {
  private final NetworkSpec network;
  private final int batchSize;
  private final ClassReading.Choice choice;
  private final SatisfactionRows rows;

  SatisfactionProblem(
      PreparedData data, NetworkSpec network, int batchSize, ClassReading.Choice choice) {
    this.network = network;
    this.batchSize = batchSize;
    this.choice = choice;
    this.rows = new SatisfactionRows(data);
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
    int observed = rows.observed(sequences, i);
    return observed >= 0 ? observed : Float.NaN;
  }

  @Override
  public ScoredClasses score(
      Sequences sequences, List<float[][]> outputs, TrainingSample training) {
    return rows.score(
        sequences, i -> SatisfactionReadout.probabilities(outputs.getFirst()[i]), choice);
  }

  @Override
  public Attachments attachments(TrainingSample training, TrainingSample validation) {
    ScoredClasses scored = score(validation.sequences(), validation.outputs(), training);
    return Attachments.none()
        .with(
            SatisfactionReadout.PART,
            new SatisfactionReadout(
                rows.labels(),
                ClassReading.fit(choice, scored.observed(), scored.probabilities())));
  }
}
