package io.ilteo.satisfaction;

import static io.ilteo.satisfaction.SatisfactionTask.CLASSES;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.Encoder;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.recurrent.Optimiser;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.ScoredClasses;
import java.util.List;

/** Learning the class of satisfaction by cross-entropy. */
final class SatisfactionProblem implements LearningProblem {
  private static final int BATCH = 128;
  private static final int HEAD_UNITS = 32;

  private final NetworkSpec network;

  SatisfactionProblem(PreparedData data, Hyperparameters parameters) {
    this.network =
        new NetworkSpec(
            data.training().features(),
            List.of(),
            Encoder.lstm(
                List.of(parameters.integer("lstm_units_1"), parameters.integer("lstm_units_2"))),
            false,
            parameters.number("dropout_rate"),
            HEAD_UNITS,
            List.of(new HeadSpec.Softmax("satisfaction", 1, CLASSES)),
            Optimiser.adam(parameters.number("learning_rate"), parameters.number("l2")));
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
  public float target(int head, Sequences sequences, int i) {
    int observed = sequences.satisfactionClass(i, CLASSES);
    return observed >= 0 ? observed : Float.NaN;
  }

  @Override
  public ScoredClasses score(
      Sequences sequences, List<float[][]> outputs, TrainingSample training) {
    return SatisfactionRows.score(
        sequences, i -> SatisfactionReadout.probabilities(outputs.getFirst()[i]));
  }

  @Override
  public Attachments attachments(TrainingSample training, TrainingSample validation) {
    ScoredClasses scored = score(validation.sequences(), validation.outputs(), training);
    return Attachments.none().with(SatisfactionReadout.PART, SatisfactionReadout.fit(scored));
  }
}
