package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What networks answer, averaged over the members of an ensemble. */
public final class MeanOutputs {
  private static final int BATCH = 1_024;

  private MeanOutputs() {}

  /** Outputs of each head on every sequence: one [n][outputs] for each head. */
  public static List<float[][]> of(List<SequenceNetwork> networks, Sequences sequences) {
    int[] all = new int[sequences.size()];
    Arrays.setAll(all, i -> i);
    return of(networks, new Batches(sequences, 0), all);
  }

  /** The same on the chosen sequences of {@code batches}. */
  static List<float[][]> of(List<SequenceNetwork> networks, Batches batches, int[] chosen) {
    List<float[][]> sum = predict(networks.getFirst(), batches, chosen);
    for (SequenceNetwork network : networks.subList(1, networks.size())) {
      List<float[][]> more = predict(network, batches, chosen);
      for (int head = 0; head < sum.size(); head++) {
        add(sum.get(head), more.get(head));
      }
    }
    if (networks.size() > 1) {
      sum.forEach(head -> scale(head, 1f / networks.size()));
    }
    return sum;
  }

  private static List<float[][]> predict(SequenceNetwork network, Batches batches, int[] chosen) {
    List<List<float[]>> rows = new ArrayList<>();
    for (int from = 0; from < chosen.length; from += BATCH) {
      int to = Math.min(chosen.length, from + BATCH);
      List<float[][]> outputs = network.predict(batches.inference(chosen, from, to));
      for (int head = 0; head < outputs.size(); head++) {
        if (rows.size() <= head) {
          rows.add(new ArrayList<>(chosen.length));
        }
        rows.get(head).addAll(List.of(outputs.get(head)));
      }
    }
    return rows.stream().map(head -> head.toArray(float[][]::new)).toList();
  }

  private static void add(float[][] sum, float[][] more) {
    for (int i = 0; i < sum.length; i++) {
      for (int j = 0; j < sum[i].length; j++) {
        sum[i][j] += more[i][j];
      }
    }
  }

  private static void scale(float[][] values, float factor) {
    for (float[] row : values) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= factor;
      }
    }
  }
}
