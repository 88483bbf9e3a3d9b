package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import java.util.List;

/** One network to be trained: its form, its targets, and what its outputs mean. */
public interface LearningProblem {
  /** Form of the network. */
  NetworkSpec network();

  /** Sequences a batch. */
  int batchSize();

  /**
   * Head {@code head}'s target of sequence {@code i}: a number, or the index of a class; NaN where
   * it is not known, so that the head does not learn from this sequence.
   */
  float target(int head, Sequences sequences, int i);

  /**
   * What outputs on sequences predict, beside what was observed, where it was.
   *
   * @param outputs one [n][outputs] for each head
   * @param training the same of some training sequences, for what is estimated from residuals
   */
  Scored score(Sequences sequences, List<float[][]> outputs, TrainingSample training);

  /**
   * Learns how outputs are to be read when nothing is known of the targets: what {@link
   * ModelTask#readout} needs beside the networks.
   *
   * @param training some training sequences with the outputs on them
   * @param validation every validation sequence, in order, with the outputs on them
   */
  Attachments attachments(TrainingSample training, TrainingSample validation);

  /**
   * Some sequences of a fold with the networks' outputs on them.
   *
   * @param rows which sequences, rising
   * @param outputs one [rows][outputs] for each head
   */
  @SuppressWarnings("ArrayRecordComponent")
  record TrainingSample(Sequences sequences, int[] rows, List<float[][]> outputs) {
    public TrainingSample {
      outputs = List.copyOf(outputs);
    }
  }
}
