package io.ilteo.modelkit.recurrent.reference;

import io.ilteo.modelkit.recurrent.Cell;
import io.ilteo.modelkit.recurrent.Encoder;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.recurrent.Pooling;
import io.ilteo.modelkit.recurrent.reference.ReferenceLayers.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link NetworkSpec} without dropout, one sequence and one number at a time. */
public final class ReferenceNetwork {
  private static final double POSITION_BASE = 10_000;

  private final NetworkSpec spec;
  private final Tape tape;
  private final Map<String, int[]> weights = new HashMap<>();
  private final ReferenceLayers layers;
  private final ReferenceLosses losses;

  /** The network with {@code weights} by the names of the layout. */
  public ReferenceNetwork(NetworkSpec spec, Tape tape, Map<String, double[]> weights) {
    this.spec = spec;
    this.tape = tape;
    this.layers = new ReferenceLayers(tape);
    this.losses = new ReferenceLosses(tape);
    weights.forEach((name, values) -> this.weights.put(name, tape.of(values)));
  }

  /** The scalars of a block of weights. */
  public int[] weights(String name) {
    int[] block = weights.get(name);
    if (block == null) {
      throw new IllegalArgumentException("no weights " + name + " among " + weights.keySet());
    }
    return block;
  }

  private Matrix matrix(String name, int rows) {
    return new Matrix(weights(name), rows);
  }

  /**
   * Raw outputs of each head.
   *
   * @param numbers [T][N] scalars
   * @param categories [T][C]
   */
  public List<int[]> raw(int[][] numbers, int[][] categories, boolean[] observed) {
    int[][] inputs = new int[numbers.length][];
    for (int t = 0; t < numbers.length; t++) {
      inputs[t] = numbers[t];
      for (int c = 0; c < spec.embeddings().size(); c++) {
        int width = spec.embeddings().get(c).width();
        int from = categories[t][c] * width;
        int[] table = weights("embedding-" + (c + 1));
        inputs[t] = concat(inputs[t], Arrays.copyOfRange(table, from, from + width));
      }
    }
    int[][] states =
        switch (spec.encoder()) {
          case Encoder.Recurrent recurrent -> recurrent(recurrent, inputs, observed);
          case Encoder.SelfAttention attention -> selfAttention(attention, inputs, observed);
        };
    int width = spec.encoder().width();
    int[] seen =
        spec.encoder().pooling() == Pooling.LAST
            ? states[states.length - 1]
            : layers.attentionPooling(
                states,
                observed,
                matrix("pooling.W", width),
                weights("pooling.b"),
                weights("pooling.v"));
    if (spec.lastInputSkip()) {
      seen = concat(seen, inputs[inputs.length - 1]);
    }
    List<int[]> outputs = new ArrayList<>();
    for (HeadSpec head : spec.heads()) {
      outputs.add(head(head, seen));
    }
    return outputs;
  }

  private int[] head(HeadSpec head, int[] seen) {
    int[] hidden =
        layers.relu(
            layers.dense(
                seen,
                matrix(head.name() + ".hidden.W", seen.length),
                weights(head.name() + ".hidden.b")));
    Matrix last = matrix(head.name() + ".W", spec.headUnits());
    int[] bias = weights(head.name() + ".b");
    if (!(head instanceof HeadSpec.Coral)) {
      return layers.dense(hidden, last, bias);
    }
    int score = layers.times(hidden, last, 0, 1)[0];
    return Arrays.stream(bias).map(threshold -> tape.add(score, threshold)).toArray();
  }

  private static int[] concat(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private int[][] recurrent(Encoder.Recurrent encoder, int[][] inputs, boolean[] observed) {
    int[][] rows = inputs;
    for (int layer = 1; layer <= encoder.units().size(); layer++) {
      String name = "recurrent-" + layer;
      Matrix w = matrix(name + ".W", rows[0].length);
      Matrix r = matrix(name + ".RW", encoder.units().get(layer - 1));
      int[] b = weights(name + ".b");
      rows =
          encoder.cell() == Cell.LSTM
              ? layers.lstm(rows, observed, w, r, b)
              : layers.gru(rows, observed, w, r, b, encoder.cell() == Cell.GRU);
      if (encoder.layerNorm()) {
        rows = norm("norm-" + layer, rows);
      }
    }
    return rows;
  }

  private int[][] norm(String name, int[][] rows) {
    return Arrays.stream(rows)
        .map(row -> layers.layerNorm(row, weights(name + ".g"), weights(name + ".b")))
        .toArray(int[][]::new);
  }

  private int[][] dense(String name, int[][] rows) {
    Matrix w = matrix(name + ".W", rows[0].length);
    return Arrays.stream(rows)
        .map(row -> layers.dense(row, w, weights(name + ".b")))
        .toArray(int[][]::new);
  }

  private int[][] add(int[][] x, int[][] y) {
    int[][] sum = new int[x.length][];
    Arrays.setAll(sum, t -> layers.addAll(x[t], y[t]));
    return sum;
  }

  private int[][] selfAttention(Encoder.SelfAttention encoder, int[][] inputs, boolean[] observed) {
    int[][] rows = dense("projection", inputs);
    for (int t = 0; t < rows.length; t++) {
      int distance = rows.length - 1 - t;
      for (int i = 0; i < encoder.width(); i++) {
        double angle = distance / Math.pow(POSITION_BASE, (i - i % 2) / (double) encoder.width());
        double position = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
        rows[t][i] = tape.add(rows[t][i], tape.of(position));
      }
    }
    for (int block = 1; block <= encoder.blocks(); block++) {
      String name = "block-" + block;
      int[][] projected = dense(name + ".attention.qkv", norm(name + ".norm-1", rows));
      int[][] mixed = layers.selfAttention(projected, observed, encoder.heads());
      rows = add(rows, dense(name + ".attention.out", mixed));
      int[][] up = dense(name + ".up", norm(name + ".norm-2", rows));
      Arrays.setAll(up, t -> layers.relu(up[t]));
      rows = add(rows, dense(name + ".down", up));
    }
    return norm("norm", rows);
  }

  /** The loss of one head on one sequence, without the head's weight. */
  public int loss(int head, int[] raw, double target) {
    return losses.loss(spec.heads().get(head), raw, target);
  }

  /** What raw outputs of a head mean. */
  public int[] read(int head, int[] raw) {
    return losses.read(spec.heads().get(head), raw);
  }

  int mean(List<Integer> terms, double weight) {
    int sum = layers.sum(terms.stream().mapToInt(Integer::intValue).toArray());
    return terms.isEmpty() ? sum : tape.scale(sum, weight / terms.size());
  }

  /** The sum over heads of weighted mean losses. */
  public int total(List<List<Integer>> losses) {
    int sum = tape.of(0);
    for (int head = 0; head < losses.size(); head++) {
      sum = tape.add(sum, mean(losses.get(head), spec.heads().get(head).lossWeight()));
    }
    return sum;
  }
}
