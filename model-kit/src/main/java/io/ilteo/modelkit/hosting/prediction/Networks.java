package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Attention;
import io.ilteo.modelkit.training.IntegratedGradients;
import io.ilteo.modelkit.training.MeanOutputs;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The networks of one version, as many replicas on the same weights as there are threads that
 * predict: a network serves one thread at a time.
 */
final class Networks {
  private final BlockingQueue<List<SequenceNetwork>> free;

  /**
   * Loads every network, for {@code copies} threads.
   *
   * @throws IllegalArgumentException if one is not a saved network
   */
  Networks(List<byte[]> saved, int copies) {
    this.free = new ArrayBlockingQueue<>(copies);
    List<SequenceNetwork> loaded =
        saved.stream().map(network -> SequenceNetwork.load(network, false)).toList();
    for (int copy = 0; copy < copies; copy++) {
      free.add(loaded.stream().map(SequenceNetwork::replica).toList());
    }
  }

  /** Outputs of each head, averaged over the networks. */
  List<float[][]> predict(Sequences sequences) throws InterruptedException {
    List<SequenceNetwork> networks = free.take();
    try {
      return MeanOutputs.of(networks, sequences);
    } finally {
      free.add(networks);
    }
  }

  /** As {@link IntegratedGradients#of}, of the first head. */
  double[][] integratedGradients(Sequences sequences, int[] rows, int[] outputs)
      throws InterruptedException {
    List<SequenceNetwork> networks = free.take();
    try {
      return IntegratedGradients.of(networks, sequences, 0, rows, outputs);
    } finally {
      free.add(networks);
    }
  }

  /** As {@link Attention#of}. */
  float[][] attention(Sequences sequences) throws InterruptedException {
    List<SequenceNetwork> networks = free.take();
    try {
      return Attention.of(networks, sequences);
    } finally {
      free.add(networks);
    }
  }
}
