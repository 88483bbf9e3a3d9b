package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The networks of one version, loaded as often as there are threads that predict: a network serves
 * one thread at a time.
 */
final class Networks {
  private final BlockingQueue<List<SequenceNetwork>> free;

  /**
   * Loads every network {@code copies} times.
   *
   * @throws IllegalArgumentException if one is not a saved network
   */
  Networks(List<byte[]> saved, int copies) {
    this.free = new ArrayBlockingQueue<>(copies);
    for (int copy = 0; copy < copies; copy++) {
      List<SequenceNetwork> networks = new ArrayList<>();
      saved.forEach(network -> networks.add(SequenceNetwork.load(network, false)));
      free.add(List.copyOf(networks));
    }
  }

  /** Outputs of each head, averaged over the networks. On a platform thread, as ND4J needs. */
  List<float[][]> predict(Sequences sequences) throws InterruptedException {
    List<SequenceNetwork> networks = free.take();
    try {
      return Trainer.mean(networks, sequences, sequences.size());
    } finally {
      free.add(networks);
    }
  }
}
