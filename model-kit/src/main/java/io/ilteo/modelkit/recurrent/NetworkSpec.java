package io.ilteo.modelkit.recurrent;

import java.util.List;

/**
 * Form of a network: LSTM layers over a masked sequence, then one dense head for each target.
 *
 * @param inputs inputs a step
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
    List<Integer> units,
    boolean lastInputSkip,
    double dropout,
    int headUnits,
    List<HeadSpec> heads,
    double learningRate,
    double l2) {
  public NetworkSpec {
    units = List.copyOf(units);
    heads = List.copyOf(heads);
    if (units.isEmpty() || heads.isEmpty() || inputs < 1) {
      throw new IllegalArgumentException("a network needs inputs, a recurrent layer and a head");
    }
  }
}
