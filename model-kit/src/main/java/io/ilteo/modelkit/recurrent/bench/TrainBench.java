package io.ilteo.modelkit.recurrent.bench;

import io.ilteo.modelkit.bench.Arguments;
import io.ilteo.modelkit.bench.CpuClock;
import io.ilteo.modelkit.recurrent.Cell;
import io.ilteo.modelkit.recurrent.SequenceBatch;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.recurrent.kernel.Blas;
import io.ilteo.modelkit.recurrent.kernel.Scratch;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Times training steps (forward, loss, backward, optimiser) and predictions of two networks, with
 * our LSTM and GRU and with stock Deeplearning4j, on one thread. Prints sequences a CPU second, and
 * how much of the machine's rate of matrix products on the same shapes that is. One JSON object a
 * line; medians of rounds.
 *
 * <p>Counterpart: {@code train_throughput.py} with PyTorch or Keras. Of (b), that one reads an
 * output at every step, ours at the last one through a hidden layer.
 */
public final class TrainBench {
  private static final int ROUNDS = 9;
  private static final int SERVING_BATCH = 64;
  private static final int CHECKED_STEPS = 20;
  private static final double ROUND_SECONDS = 0.4;
  private static final double WARM_UP_SECONDS = 3;
  private static final Map<String, String> DEFAULTS = Map.of("net", "ab", "engine", "both");

  private final PrintStream out;
  private final Arguments arguments;

  private TrainBench(PrintStream out, Arguments arguments) {
    this.out = out;
    this.arguments = arguments;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments {@code --net a|b|ab --engine ilteo|dl4j|both}
   */
  public static void main(String[] arguments) {
    new TrainBench(System.out, new Arguments(arguments, DEFAULTS)).run();
  }

  private void run() {
    for (BenchNet net : BenchNet.values()) {
      if (!arguments.text("net").contains(name(net))) {
        continue;
      }
      if (!arguments.text("engine").equals("dl4j")) {
        ours(net, Cell.LSTM, "lstm", 4);
        ours(net, Cell.GRU, "gru", 3);
      }
      if (!arguments.text("engine").equals("ilteo")) {
        StockNetwork stock = new StockNetwork(net);
        time(net, "lstm", "dl4j", "train", net.batch, stock.trainStep(net.batch));
        time(net, "lstm", "dl4j", "infer", SERVING_BATCH, stock.predict(SERVING_BATCH));
        time(net, "lstm", "dl4j", "infer", 1, stock.predict(1));
      }
    }
  }

  private static String name(BenchNet net) {
    return net.name().toLowerCase(Locale.ROOT);
  }

  private void ours(BenchNet net, Cell cell, String label, int gates) {
    long checksum = checksum(net, cell);
    if (checksum != checksum(net, cell)) {
      throw new IllegalStateException("the same training gave other weights");
    }
    SequenceNetwork network = SequenceNetwork.create(net.spec(cell), 1);
    SequenceBatch batch = net.batch(net.batch, 2);
    double seconds = time(net, label, "ilteo", "train", net.batch, () -> network.trainStep(batch));
    share(net, label, net.batch, net.products(net.batch, gates, true), "train", seconds);
    for (int size : new int[] {net.batch, SERVING_BATCH, 1}) {
      SequenceBatch served = net.batch(size, 3);
      double each = time(net, label, "ilteo", "infer", size, () -> network.predict(served));
      share(net, label, size, net.products(size, gates, false), "infer", each);
    }
  }

  /** Of the weights after some steps. */
  private long checksum(BenchNet net, Cell cell) {
    SequenceNetwork network = SequenceNetwork.create(net.spec(cell), 1);
    network.seedSteps(5);
    SequenceBatch batch = net.batch(net.batch, 2);
    double first = network.trainStep(batch);
    double last = first;
    for (int step = 1; step < CHECKED_STEPS; step++) {
      last = network.trainStep(batch);
    }
    if (!(last < first)) {
      throw new IllegalStateException("%d steps did not lessen the loss".formatted(CHECKED_STEPS));
    }
    float[] weights = network.weights();
    ByteBuffer bytes = ByteBuffer.allocate(weights.length * Float.BYTES);
    bytes.asFloatBuffer().put(weights);
    CRC32 crc = new CRC32();
    crc.update(bytes.array());
    return crc.getValue();
  }

  private double time(
      BenchNet net, String cell, String engine, String mode, int batch, Runnable work) {
    double seconds = secondsOf(work);
    out.println(
        Arguments.line(
            "seq_per_cpu_s", batch / seconds, "1/s", parameters(net, cell, engine, mode, batch)));
    return seconds;
  }

  private static Map<String, Object> parameters(
      BenchNet net, String cell, String engine, String mode, int batch) {
    return Map.of("net", name(net), "cell", cell, "engine", engine, "mode", mode, "batch", batch);
  }

  private static double secondsOf(Runnable work) {
    long warm = CpuClock.nanos();
    int calls = 0;
    while ((CpuClock.nanos() - warm) / 1e9 < WARM_UP_SECONDS) {
      work.run();
      calls++;
    }
    double each = WARM_UP_SECONDS / calls;
    return CpuClock.medianSeconds(ROUNDS, Math.max(1, (int) (ROUND_SECONDS / each)), work);
  }

  private void share(
      BenchNet net,
      String cell,
      int batch,
      List<BenchNet.Product> products,
      String mode,
      double seconds) {
    double flops = products.stream().mapToDouble(BenchNet.Product::flops).sum();
    double bare = secondsOf(bare(products));
    Map<String, Object> parameters = parameters(net, cell, "ilteo", mode, batch);
    out.println(Arguments.line("gflop_per_s", flops / seconds / 1e9, "GFLOP/s", parameters));
    out.println(Arguments.line("sgemm_gflop_per_s", flops / bare / 1e9, "GFLOP/s", parameters));
    out.println(Arguments.line("sgemm_share", bare / seconds, "1", parameters));
  }

  /** The products alone, on memory as large as the largest needs. */
  private static Runnable bare(List<BenchNet.Product> products) {
    long most =
        products.stream()
            .mapToLong(
                p -> Math.max((long) p.rows() * Math.max(p.n(), p.m()), (long) p.n() * p.m()))
            .max()
            .orElse(0);
    MemorySegment x = Scratch.allocate(most);
    MemorySegment w = Scratch.allocate(most);
    MemorySegment z = Scratch.allocate(most);
    return () -> {
      for (BenchNet.Product p : products) {
        for (int time = 0; time < p.times(); time++) {
          Blas.multiply(
              p.rows(), p.n(), p.m(), Blas.Rows.of(x, p.n()), w, 0, 0f, Blas.Rows.of(z, p.m()));
        }
      }
    };
  }
}
