package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.Pooling;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import java.util.List;
import java.util.stream.IntStream;

/** How much each step of a sequence counts, where attention pools them. */
public final class Attention {
  private static final int BATCH = 1_024;

  private Attention() {}

  /** Weights [n][T], averaged over {@code networks}; none, [0][], where they do not pool so. */
  public static float[][] of(List<SequenceNetwork> networks, Sequences sequences) {
    if (networks.stream().anyMatch(n -> n.spec().encoder().pooling() != Pooling.ATTENTION)) {
      return new float[0][];
    }
    float[][] mean = new float[sequences.size()][sequences.steps()];
    int[] all = IntStream.range(0, sequences.size()).toArray();
    Batches batches = new Batches(sequences, 0);
    for (int from = 0; from < all.length; from += BATCH) {
      int to = Math.min(all.length, from + BATCH);
      for (SequenceNetwork network : networks) {
        float[][] weights = network.attention(batches.inference(all, from, to));
        for (int row = 0; row < to - from; row++) {
          for (int step = 0; step < weights[row].length; step++) {
            mean[from + row][step] += weights[row][step] / networks.size();
          }
        }
      }
    }
    return mean;
  }
}
