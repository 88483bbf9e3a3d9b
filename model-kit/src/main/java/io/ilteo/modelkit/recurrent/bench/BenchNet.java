package io.ilteo.modelkit.recurrent.bench;

import io.ilteo.modelkit.recurrent.Cell;
import io.ilteo.modelkit.recurrent.Encoder;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.recurrent.Optimiser;
import io.ilteo.modelkit.recurrent.Pooling;
import io.ilteo.modelkit.recurrent.SequenceBatch;
import java.util.List;
import java.util.SplittableRandom;

/** The networks that are timed: (a) the origin report's, (b) a longer one with a single output. */
public enum BenchNet {
  A(33, 5, 128, 0.287),
  B(24, 10, 64, 0);

  static final int UNITS = 128;
  static final int HEAD_UNITS = 32;
  static final int CLASSES = 5;
  private static final double SATISFACTION_WEIGHT = 0.75;
  private static final double LEARNING_RATE = 0.00247;

  final int features;
  final int steps;
  final int batch;
  final double dropout;

  BenchNet(int features, int steps, int batch, double dropout) {
    this.features = features;
    this.steps = steps;
    this.batch = batch;
    this.dropout = dropout;
  }

  int heads() {
    return this == A ? 2 : 1;
  }

  /** Persons of a training batch. */
  public int batchSize() {
    return batch;
  }

  /** The network with layers of {@code cell}. */
  public NetworkSpec spec(Cell cell) {
    HeadSpec wage = new HeadSpec.Regression("wage", 1);
    return new NetworkSpec(
        features,
        List.of(),
        new Encoder.Recurrent(cell, List.of(UNITS, UNITS), false, 0, Pooling.LAST),
        false,
        dropout,
        HEAD_UNITS,
        this == A
            ? List.of(wage, new HeadSpec.Softmax("satisfaction", SATISFACTION_WEIGHT, CLASSES))
            : List.of(wage),
        Optimiser.adam(LEARNING_RATE, 0));
  }

  /** A random batch with targets, the same for the same seed. */
  public SequenceBatch batch(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SequenceBatch filled = new SequenceBatch(steps, features, 0, heads()).begin(size);
    float[] numbers = new float[features];
    for (int sequence = 0; sequence < size; sequence++) {
      for (int step = 0; step < steps; step++) {
        for (int n = 0; n < features; n++) {
          numbers[n] = (float) random.nextGaussian();
        }
        filled.putInputs(sequence, step, numbers, 0);
      }
      filled.putTarget(0, sequence, (float) random.nextDouble());
      if (this == A) {
        filled.putTarget(1, sequence, random.nextInt(CLASSES));
      }
    }
    return filled;
  }

  /**
   * Products of one pass, forward only or there and back, as rows × n × m.
   *
   * @param gates 4 for an LSTM, 3 for a GRU
   */
  List<Product> products(int size, int gates, boolean training) {
    int all = size * steps;
    int width = gates * UNITS;
    List<Product> forward =
        List.of(
            new Product(all, features, width, 1),
            new Product(size, UNITS, width, 2 * (steps - 1)),
            new Product(all, UNITS, width, 1),
            new Product(size, UNITS, HEAD_UNITS, heads()));
    if (!training) {
      return forward;
    }
    // Back: weight gradients of everything; gradients of all inputs but the first layer's.
    return List.of(
        new Product(all, features, width, 2),
        new Product(size, UNITS, width, 4 * (steps - 1)),
        new Product(size * (steps - 1), UNITS, width, 2),
        new Product(all, UNITS, width, 3),
        new Product(size, UNITS, HEAD_UNITS, 3 * heads()));
  }

  /** A matrix product that is done several times. */
  record Product(int rows, int n, int m, int times) {
    double flops() {
      return 2.0 * rows * n * m * times;
    }
  }
}
