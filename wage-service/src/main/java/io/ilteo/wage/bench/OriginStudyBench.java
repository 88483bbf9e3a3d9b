package io.ilteo.wage.bench;

import io.ilteo.modelkit.bench.Arguments;
import io.ilteo.modelkit.bench.CpuClock;
import io.ilteo.modelkit.bench.RandomConfigurations;
import io.ilteo.modelkit.recurrent.Encoder;
import io.ilteo.modelkit.recurrent.HeadSpec;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.recurrent.Optimiser;
import io.ilteo.modelkit.recurrent.SequenceBatch;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.wage.WageTask;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The origin report's whole search in one process: configurations drawn from the space of {@code
 * joint_lstm}, trained on random data of its shape with early stopping on the validation loss.
 * Prints wall and CPU seconds, epochs, and epochs a second, one JSON object a line.
 *
 * <p>The counterpart of {@code origin_study.py} (Keras and Optuna): the same data, network, batch,
 * budget and stopping rule; no pruning on either side. Configurations are drawn at random, not by
 * TPE, so compare epochs a second, and sequences a second weighted by width where they differ.
 */
public final class OriginStudyBench {
  private static final int BATCH = 128;
  private static final int HEAD_UNITS = 32;
  private static final int PATIENCE = 3;
  private static final double VALIDATION_SHARE = 12_075 / 69_153.0;
  private static final String ARCHITECTURE = "joint_lstm";
  private static final Map<String, String> DEFAULTS =
      Map.of("trials", "30", "sequences", "69153", "epochs", "25", "parallel", "2");

  private final PrintStream out;
  private final Arguments arguments;
  private final Architecture architecture;
  private final OriginData data;
  private final int[] training;
  private final int[] validation;

  private OriginStudyBench(PrintStream out, Arguments arguments) {
    this.out = out;
    this.arguments = arguments;
    this.architecture =
        new WageTask()
            .description().getArchitecturesList().stream()
                .filter(each -> each.getName().equals(ARCHITECTURE))
                .findFirst()
                .orElseThrow();
    int size = arguments.integer("sequences");
    int held = (int) (size * VALIDATION_SHARE);
    this.data = new OriginData(size + held, 0);
    this.training = IntStream.range(0, size).toArray();
    this.validation = IntStream.range(size, size + held).toArray();
  }

  /**
   * Runs the search.
   *
   * @param arguments {@code --trials 30 --sequences 69153 --epochs 25 --parallel 2}
   */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    new OriginStudyBench(System.out, new Arguments(arguments, DEFAULTS)).run();
  }

  private void run() throws InterruptedException, ExecutionException {
    long wall = System.nanoTime();
    long cpu = CpuClock.nanos();
    int epochs = 0;
    double best = Double.POSITIVE_INFINITY;
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            arguments.integer("parallel"), Thread.ofPlatform().name("trial-", 0).factory())) {
      RandomConfigurations configurations =
          new RandomConfigurations(architecture.getSearchSpace(), 0);
      List<Future<Outcome>> trials = new ArrayList<>();
      for (int trial = 0; trial < arguments.integer("trials"); trial++) {
        Hyperparameters parameters = Hyperparameters.of(architecture, configurations.next());
        long seed = trial;
        trials.add(threads.submit(() -> train(parameters, seed)));
      }
      for (Future<Outcome> trial : trials) {
        epochs += trial.get().epochs();
        best = Math.min(best, trial.get().loss());
      }
    }
    double seconds = (System.nanoTime() - wall) / 1e9;
    print("wall_s", seconds, "s");
    print("cpu_s", (CpuClock.nanos() - cpu) / 1e9, "s");
    print("epochs_run", epochs, "1");
    print("epochs_per_s", epochs / seconds, "1/s");
    print("best_loss", best, "1");
  }

  private Outcome train(Hyperparameters parameters, long seed) {
    double weight = parameters.number("satisfaction_loss_weight");
    SequenceNetwork network = SequenceNetwork.create(network(parameters, weight), seed);
    double best = Double.POSITIVE_INFINITY;
    SequenceBatch batch = OriginData.emptyBatch();
    int bestEpoch = 0;
    int epoch = 0;
    while (epoch < arguments.integer("epochs") && epoch - bestEpoch < PATIENCE) {
      epoch++;
      SplittableRandom random = new SplittableRandom(seed * 31 + epoch);
      network.seedSteps(random.nextLong());
      int[] order = shuffled(random);
      for (int from = 0; from < order.length; from += BATCH) {
        int to = Math.min(order.length, from + BATCH);
        network.trainStep(data.fill(batch, order, from, to));
      }
      double loss = validationLoss(network, weight, batch);
      if (loss < best) {
        best = loss;
        bestEpoch = epoch;
      }
    }
    return new Outcome(epoch, best);
  }

  private static NetworkSpec network(Hyperparameters parameters, double weight) {
    return new NetworkSpec(
        OriginData.FEATURES,
        List.of(),
        Encoder.lstm(
            List.of(parameters.integer("lstm_units_1"), parameters.integer("lstm_units_2"))),
        false,
        parameters.number("dropout_rate"),
        HEAD_UNITS,
        List.of(
            new HeadSpec.Regression("wage", 1),
            new HeadSpec.Softmax("satisfaction", weight, OriginData.CLASSES)),
        Optimiser.adam(parameters.number("learning_rate"), 0));
  }

  /** Squared error plus weighted cross-entropy, what early stopping watches. */
  private double validationLoss(SequenceNetwork network, double weight, SequenceBatch batch) {
    double sum = 0;
    for (int from = 0; from < validation.length; from += BATCH) {
      int to = Math.min(validation.length, from + BATCH);
      List<float[][]> outputs = network.predict(data.fill(batch, validation, from, to));
      for (int row = 0; row < to - from; row++) {
        int i = validation[from + row];
        double error = outputs.get(0)[row][0] - data.wage(i);
        double likelihood = Math.max(1e-7, outputs.get(1)[row][data.satisfaction(i)]);
        sum += error * error - weight * Math.log(likelihood);
      }
    }
    return sum / validation.length;
  }

  private int[] shuffled(SplittableRandom random) {
    int[] order = training.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
    }
    return order;
  }

  private void print(String name, double value, String unit) {
    out.println(
        Arguments.line(
            name,
            value,
            unit,
            Map.of(
                "trials", arguments.integer("trials"),
                "sequences", arguments.integer("sequences"),
                "epochs", arguments.integer("epochs"),
                "parallel", arguments.integer("parallel"))));
  }

  /** How one trial went. */
  private record Outcome(int epochs, double loss) {}
}
