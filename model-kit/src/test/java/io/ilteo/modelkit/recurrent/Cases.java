package io.ilteo.modelkit.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Networks of every kind of layer and head, for the tests to hold against what they should be. */
final class Cases {
  static final int CARDINALITY = 4;

  private Cases() {}

  /** Every kind of encoder. */
  static List<Encoder> encoders(int units) {
    List<Encoder> encoders = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (Pooling pooling : Pooling.values()) {
        encoders.add(new Encoder.Recurrent(cell, List.of(units), false, 0, pooling));
        encoders.add(new Encoder.Recurrent(cell, List.of(units, 3), true, 0, pooling));
      }
    }
    encoders.add(new Encoder.SelfAttention(2, 2 * units, 2, 5, Pooling.LAST));
    encoders.add(new Encoder.SelfAttention(1, 3 * units, 3, 4, Pooling.ATTENTION));
    return encoders;
  }

  /** Every kind of head; classes are three. */
  static List<HeadSpec> heads() {
    List<Double> weights = List.of(0.5, 1.0, 2.0);
    return List.of(
        new HeadSpec.Regression("mse", 1),
        new HeadSpec.Regression("huber", 0.5, new RegressionLoss.Huber(0.7)),
        new HeadSpec.Regression("log-cosh", 1, new RegressionLoss.LogCosh()),
        new HeadSpec.Regression("pinball", 1, new RegressionLoss.Pinball(List.of(0.1, 0.5, 0.9))),
        new HeadSpec.Regression("normal", 2, new RegressionLoss.GaussianNll()),
        new HeadSpec.Softmax("softmax", 1, 3),
        new HeadSpec.Softmax("focal", 0.7, weights, 0.1, 2),
        new HeadSpec.Coral("coral", 1, weights),
        new HeadSpec.Corn("corn", 1.5, weights));
  }

  /** Whether the target of a head is the index of a class. */
  static boolean isClass(HeadSpec head) {
    return !(head instanceof HeadSpec.Regression);
  }

  /** Every encoder with one head, and one encoder with all heads. */
  static Stream<NetworkSpec> specs() {
    List<HeadSpec> one = List.of(new HeadSpec.Regression("y", 1));
    return Stream.concat(
        encoders(4).stream().map(encoder -> spec(3, encoder, one, false, 0)),
        Stream.of(
            spec(3, Encoder.lstm(List.of(4)), heads(), true, 0),
            spec(2, new Encoder.SelfAttention(1, 4, 2, 5, Pooling.LAST), heads(), true, 0)));
  }

  static NetworkSpec spec(
      int inputs, Encoder encoder, List<HeadSpec> heads, boolean categories, double dropout) {
    List<NetworkSpec.Embedding> embeddings =
        categories
            ? List.of(
                new NetworkSpec.Embedding("industry", CARDINALITY, 2),
                new NetworkSpec.Embedding("region", CARDINALITY, 1))
            : List.of();
    Optimiser optimiser = Optimiser.adam(1e-2, 1e-3);
    return new NetworkSpec(inputs, embeddings, encoder, categories, dropout, 3, heads, optimiser);
  }
}
