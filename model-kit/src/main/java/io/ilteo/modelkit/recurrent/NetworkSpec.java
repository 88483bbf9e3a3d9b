package io.ilteo.modelkit.recurrent;

import java.util.List;

/**
 * Form of a network: LSTM layers over a masked sequence, then one dense head for each target.
 *
 * @param inputs inputs a step
 * @param embeddings categories of the last step that heads see; need {@code lastInputSkip}
 * @param units units of each recurrent layer, the first layer first
 * @param lastInputSkip whether heads also see the last step's inputs
 * @param dropout share of a layer's inputs dropped in training, [0, 1)
 * @param headUnits units of each head's hidden layer
 * @param heads targets, at least one
 * @param learningRate of Adam
 * @param l2 weight decay of the recurrent and dense weights
 */
public record NetworkSpec(
    int inputs,
    List<Embedding> embeddings,
    List<Integer> units,
    boolean lastInputSkip,
    double dropout,
    int headUnits,
    List<HeadSpec> heads,
    double learningRate,
    double l2) {
  public NetworkSpec {
    embeddings = List.copyOf(embeddings);
    units = List.copyOf(units);
    heads = List.copyOf(heads);
    if (units.isEmpty() || heads.isEmpty() || inputs < 1) {
      throw new IllegalArgumentException("a network needs inputs, a recurrent layer and a head");
    }
    if (!embeddings.isEmpty() && !lastInputSkip) {
      throw new IllegalArgumentException("embeddings are of the last step: let heads see it");
    }
  }

  /**
   * A category input, as a learned vector.
   *
   * @param cardinality number of indices; 0 stands for missing or unknown
   * @param width length of the vector
   */
  public record Embedding(String name, int cardinality, int width) {}
}
