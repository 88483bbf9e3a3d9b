package io.ilteo.kernelbench;

import io.ilteo.modelkit.recurrent.Cell;
import io.ilteo.modelkit.recurrent.SequenceBatch;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.recurrent.bench.BenchNet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole networks as {@code ./ilteo bench train} has them, in milliseconds a call: a step of the
 * optimiser on the net's own batch, and predictions of one person, 64 and 128.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 9, time = 1)
@Fork(1)
public class NetworkBenchmark {
  private static final long SEED = 1;

  /** A network that learns the same batch over and over. */
  @State(Scope.Thread)
  public static class Learner {
    @Param({"A", "B"})
    public BenchNet net = BenchNet.A;

    @Param({"LSTM", "GRU"})
    public Cell cell = Cell.LSTM;

    private SequenceNetwork network = SequenceNetwork.create(net.spec(cell), SEED);
    private SequenceBatch batch = net.batch(1, SEED);
    private double firstLoss;
    private double lastLoss;

    /** Draws weights and a batch. */
    @Setup
    public void create() {
      network = SequenceNetwork.create(net.spec(cell), SEED);
      batch = net.batch(net.batchSize(), SEED);
      firstLoss = network.trainStep(batch);
    }

    /** A network that learns nothing would be fast too. */
    @TearDown
    public void check() {
      if (!(lastLoss < firstLoss)) {
        throw new IllegalStateException(
            "training went from a loss of %f to %f".formatted(firstLoss, lastLoss));
      }
    }
  }

  /** A network that answers the same batch over and over. */
  @State(Scope.Thread)
  public static class Predictor {
    @Param({"A", "B"})
    public BenchNet net = BenchNet.A;

    @Param({"LSTM", "GRU"})
    public Cell cell = Cell.LSTM;

    @Param({"1", "64", "128"})
    public int batchSize = 1;

    private SequenceNetwork network = SequenceNetwork.create(net.spec(cell), SEED);
    private SequenceBatch batch = net.batch(1, SEED);
    private List<float[][]> first = List.of();
    private List<float[][]> last = List.of();

    /** Draws weights and a batch. */
    @Setup
    public void create() {
      network = SequenceNetwork.create(net.spec(cell), SEED);
      batch = net.batch(batchSize, SEED);
      first = network.predict(batch);
    }

    /** The same answers to the last bit, and numbers all of them. */
    @TearDown(Level.Iteration)
    public void check() {
      for (int head = 0; head < first.size(); head++) {
        Results.requireSame(first.get(head), last.get(head));
      }
    }
  }

  /** One step: forward, loss, backward, Adam. */
  @Benchmark
  public double trainStep(Learner learner) {
    learner.lastLoss = learner.network.trainStep(learner.batch);
    return learner.lastLoss;
  }

  /** One batch of answers. */
  @Benchmark
  public List<float[][]> predict(Predictor predictor) {
    predictor.last = predictor.network.predict(predictor.batch);
    return predictor.last;
  }
}
