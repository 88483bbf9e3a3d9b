package io.ilteo.wage.bench;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.ilteo.modelkit.bench.Arguments;
import io.ilteo.modelkit.bench.CpuClock;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.model.v1.Direction;
import io.ilteo.proto.search.v1.ParameterSpec;
import io.ilteo.proto.search.v1.SearchSpace;
import io.ilteo.proto.tuner.v1.Objective;
import io.ilteo.proto.tuner.v1.PrunerSpec;
import io.ilteo.proto.tuner.v1.SamplerSpec;
import io.ilteo.proto.tuner.v1.StopRules;
import io.ilteo.proto.tuner.v1.StudySpec;
import io.ilteo.proto.tuner.v1.Trial;
import io.ilteo.wage.WageTask;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The origin report's whole search: a study of a running tuner, whose trials this process trains on
 * random data of the report's shape with early stopping on the validation loss. Prints wall and CPU
 * seconds of this process, epochs, epochs a second, the weights that an epoch trained on average,
 * the best loss and when it was there, one JSON object a line.
 *
 * <p>The counterpart of {@code origin_study.py} (Keras and Optuna): the same data, network, space,
 * batch, sampler, budget and stopping rule. With {@code --pruner} the tuner ends trials early, and
 * with {@code --goal} the study once a loss is reached.
 */
public final class OriginStudyBench {
  private static final int PATIENCE = 3;
  private static final double VALIDATION_SHARE = 12_075 / 69_153.0;
  private static final String ARCHITECTURE = "joint_lstm";

  /** A parameter of the space that the report did not have. */
  private static final String NOT_SEARCHED = "loss_scaling";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "trials", "30",
          "sequences", "69153",
          "epochs", "25",
          "parallel", "2",
          "sampler", "tpe",
          "pruner", "none",
          "goal", "",
          "data", "",
          "seed", "0");

  private final PrintStream out;
  private final Arguments arguments;
  private final Architecture architecture;
  private final OriginData data;
  private final long wallStart;
  private final long cpuStart;

  private int epochs;
  private long weights;
  private int pruned;
  private double best = Double.POSITIVE_INFINITY;
  private double bestAtWall;
  private double bestAtCpu;

  private OriginStudyBench(PrintStream out, Arguments arguments) throws IOException {
    this.out = out;
    this.arguments = arguments;
    this.architecture =
        new WageTask()
            .description().getArchitecturesList().stream()
                .filter(each -> each.getName().equals(ARCHITECTURE))
                .findFirst()
                .orElseThrow();
    int size = arguments.integer("sequences");
    int all = size + (int) (size * VALIDATION_SHARE);
    String file = arguments.text("data");
    this.data = file.isEmpty() ? new OriginData(all, 0) : OriginData.read(Path.of(file));
    if (data.size() != all) {
      throw new IllegalArgumentException(
          "%s has %,d sequences; --sequences %,d and its validation need %,d"
              .formatted(file, data.size(), size, all));
    }
    this.wallStart = System.nanoTime();
    this.cpuStart = CpuClock.nanos();
  }

  /**
   * Runs the search on the first tuner at {@code ILTEO_TUNER_GRPC}.
   *
   * @param arguments {@code --trials 30 --sequences 69153 --epochs 25 --parallel 2 --sampler tpe
   *     --pruner none --goal LOSS --seed 0 --data FILE}, the file as {@link OriginData#read} reads
   *     it
   */
  public static void main(String[] arguments) throws Exception {
    String tuner = System.getenv().getOrDefault("ILTEO_TUNER_GRPC", "127.0.0.1:9000");
    ManagedChannel channel =
        Grpc.newChannelBuilder(tuner.split(",", -1)[0], InsecureChannelCredentials.create())
            .build();
    try {
      new OriginStudyBench(System.out, new Arguments(arguments, DEFAULTS)).run(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  private void run(ManagedChannel tuner) throws InterruptedException, ExecutionException {
    OutsideStudy study = OutsideStudy.create(tuner, spec());
    int parallel = arguments.integer("parallel");
    try (ExecutorService threads =
        Executors.newFixedThreadPool(parallel, Thread.ofPlatform().name("trial-", 0).factory())) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < parallel; i++) {
        workers.add(threads.submit(() -> study.work(this::learn)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
    double seconds = wallSeconds();
    print("wall_s", seconds, "s");
    print("cpu_s", cpuSeconds(), "s");
    print("epochs_run", epochs, "1");
    print("epochs_per_s", epochs / seconds, "1/s");
    // Two searches draw different networks: this tells whose epochs had more to do.
    print("weights_per_epoch", (double) weights / epochs, "1");
    print("trials_pruned", pruned, "1");
    print("best_loss", best, "1");
    print("best_at_wall_s", bestAtWall, "s");
    print("best_at_cpu_s", bestAtCpu, "s");
  }

  private StudySpec spec() {
    List<ParameterSpec> searched =
        architecture.getSearchSpace().getParametersList().stream()
            .filter(parameter -> !parameter.getName().equals(NOT_SEARCHED))
            .toList();
    Objective.Builder objective =
        Objective.newBuilder()
            .setMetric("validation_loss")
            .setDirection(Direction.DIRECTION_MINIMIZE);
    String goal = arguments.text("goal");
    if (!goal.isEmpty()) {
      objective.setGoal(Double.parseDouble(goal));
    }
    return StudySpec.newBuilder()
        .setSearchSpace(SearchSpace.newBuilder().addAllParameters(searched))
        .addObjectives(objective)
        .setStopRules(StopRules.newBuilder().setStopAtGoal(!goal.isEmpty()))
        .setSampler(SamplerSpec.newBuilder().setName(arguments.text("sampler")))
        .setPruner(PrunerSpec.newBuilder().setName(arguments.text("pruner")))
        .setBudget(arguments.integer("trials"))
        .setParallelism(arguments.integer("parallel"))
        .setSeed(arguments.integer("seed"))
        .build();
  }

  private double learn(Trial trial, OutsideStudy.Epochs study) {
    Hyperparameters parameters = Hyperparameters.of(architecture, trial.getParametersList());
    OriginNetwork network =
        new OriginNetwork(data, arguments.integer("sequences"), parameters, trial.getSeed());
    double least = Double.POSITIVE_INFINITY;
    int leastEpoch = 0;
    for (int epoch = 1;
        epoch <= arguments.integer("epochs") && epoch - leastEpoch <= PATIENCE;
        epoch++) {
      double loss = network.learn(epoch);
      if (loss < least) {
        least = loss;
        leastEpoch = epoch;
      }
      learned(network, loss);
      if (!study.report(epoch, loss)) {
        prune();
        break;
      }
    }
    return least;
  }

  private synchronized void learned(OriginNetwork network, double loss) {
    epochs++;
    weights += network.weights();
    if (loss < best) {
      best = loss;
      bestAtWall = wallSeconds();
      bestAtCpu = cpuSeconds();
      // How soon any other value was there, for whoever compares.
      out.println(
          Arguments.line("improved_loss", loss, "1", Map.of("at_cpu_s", Math.round(bestAtCpu))));
    }
  }

  private synchronized void prune() {
    pruned++;
  }

  private double wallSeconds() {
    return (System.nanoTime() - wallStart) / 1e9;
  }

  private double cpuSeconds() {
    return (CpuClock.nanos() - cpuStart) / 1e9;
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
                "parallel", arguments.integer("parallel"),
                "pruner", arguments.text("pruner"))));
  }
}
