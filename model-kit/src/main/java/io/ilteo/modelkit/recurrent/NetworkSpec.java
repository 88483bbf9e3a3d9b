package io.ilteo.modelkit.recurrent;

import java.util.List;

/**
 * Form of a network: an encoder of a masked sequence, then one dense head for each target.
 *
 * @param inputs numbers of a step
 * @param embeddings categories of a step, learned as vectors that stand behind the numbers
 * @param lastInputSkip whether heads also see the last step's numbers and vectors
 * @param dropout share of a layer's inputs dropped in training, [0, 1); not of the first layer's
 * @param headUnits units of each head's hidden layer
 * @param heads targets, at least one
 */
public record NetworkSpec(
    int inputs,
    List<Embedding> embeddings,
    Encoder encoder,
    boolean lastInputSkip,
    double dropout,
    int headUnits,
    List<HeadSpec> heads,
    Optimiser optimiser) {
  public NetworkSpec {
    embeddings = List.copyOf(embeddings);
    heads = List.copyOf(heads);
    if (heads.isEmpty() || headUnits < 1 || inputs < 1) {
      throw new IllegalArgumentException("a network needs inputs, head units and a head");
    }
  }

  /**
   * A category input, as a learned vector.
   *
   * @param cardinality number of indices; 0 stands for missing or unknown
   * @param width length of the vector
   */
  public record Embedding(String name, int cardinality, int width) {
    public Embedding {
      if (cardinality < 1 || width < 1) {
        throw new IllegalArgumentException("embedding %s needs a size".formatted(name));
      }
    }
  }
}
