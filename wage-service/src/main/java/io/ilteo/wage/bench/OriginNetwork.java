package io.ilteo.wage.bench;

import io.ilteo.modelkit.recurrent.SequenceBatch;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.wage.JointLstm;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The origin report's joint network, learned from random data epoch by epoch as {@code
 * origin_study.py} learns it: batches of 128 in a new order each epoch, and after each the
 * validation loss, squared error of the wage plus weighted cross-entropy of the five classes.
 */
final class OriginNetwork {
  private final OriginData data;
  private final int size;
  private final long seed;
  private final double weight;
  private final SequenceNetwork network;
  private final SequenceBatch batch = OriginData.emptyBatch();

  /**
   * A network that has learned nothing yet.
   *
   * @param size sequences of training, the first of {@code data}; the others are of validation
   */
  OriginNetwork(OriginData data, int size, Hyperparameters parameters, long seed) {
    this.data = data;
    this.size = size;
    this.seed = seed;
    this.weight = parameters.number("satisfaction_loss_weight");
    this.network = SequenceNetwork.create(JointLstm.network(OriginData.FEATURES, parameters), seed);
  }

  /** Number of weights; what an epoch costs grows with it. */
  long weights() {
    return network.weightCount();
  }

  /**
   * Learns all training sequences once.
   *
   * @param epoch counted from 1; decides the order of the sequences
   * @return the validation loss after it
   */
  double learn(int epoch) {
    SplittableRandom random = new SplittableRandom(seed * 31 + epoch);
    network.seedSteps(random.nextLong());
    int[] order = shuffled(random);
    for (int from = 0; from < size; from += JointLstm.BATCH) {
      network.trainStep(data.fill(batch, order, from, Math.min(size, from + JointLstm.BATCH)));
    }
    return validationLoss();
  }

  private double validationLoss() {
    int[] held = IntStream.range(size, data.size()).toArray();
    double sum = 0;
    for (int from = 0; from < held.length; from += JointLstm.BATCH) {
      int to = Math.min(held.length, from + JointLstm.BATCH);
      List<float[][]> outputs = network.predict(data.fill(batch, held, from, to));
      for (int row = 0; row < to - from; row++) {
        int i = held[from + row];
        double error = outputs.get(0)[row][0] - data.wage(i);
        double likelihood = Math.max(1e-7, outputs.get(1)[row][data.satisfaction(i)]);
        sum += error * error - weight * Math.log(likelihood);
      }
    }
    return sum / held.length;
  }

  private int[] shuffled(SplittableRandom random) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
    }
    return order;
  }
}
