package io.ilteo.wage.bench;

import io.ilteo.modelkit.bench.Arguments;
import io.ilteo.modelkit.bench.BenchPanels;
import io.ilteo.modelkit.bench.CpuClock;
import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.recurrent.SequenceBatch;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.modelkit.training.TrainingListener;
import io.ilteo.modelkit.training.TrainingPlan;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.search.v1.ParameterValue;
import io.ilteo.wage.JointLstm;
import io.ilteo.wage.WageTask;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Times whole epochs of the origin report's network as a training runs them, with shuffling,
 * batching, scoring of the validation fold and all, beside its bare steps on one batch in the same
 * run: what share of the rate of {@code bench train} is left end to end. CPU seconds.
 */
public final class OriginEpochBench {
  private static final String ARCHITECTURE = "joint_lstm";
  private static final int UNITS = 128;
  private static final double DROPOUT = 0.287;
  private static final int ROUNDS = 5;
  private static final double ROUND_SECONDS = 1;
  private static final long SEED = 1;
  // 20,080 persons have about the report's 69,153 training sequences.
  private static final Map<String, String> DEFAULTS = Map.of("persons", "20080", "epochs", "4");

  private final PrintStream out;
  private final Arguments arguments;

  private OriginEpochBench(PrintStream out, Arguments arguments) {
    this.out = out;
    this.arguments = arguments;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments {@code --persons 20080 --epochs 4}
   */
  public static void main(String[] arguments) throws IOException {
    new OriginEpochBench(System.out, new Arguments(arguments, DEFAULTS)).run();
  }

  private void run() throws IOException {
    PreparedData data = data();
    LearningProblem problem = problem(data);
    double before = stepsPerSecond(data, problem);
    double epochs = epochsPerSecond(data, problem) * data.training().size();
    double steps = (before + stepsPerSecond(data, problem)) / 2;
    Map<String, Object> of = new TreeMap<>();
    of.put("sequences", data.training().size());
    of.put("validation", data.validation().size());
    of.put("steps", data.training().steps());
    of.put("features", data.training().features());
    out.println(Arguments.line("step_seq_per_cpu_s", steps, "1/s", of));
    out.println(Arguments.line("epoch_seq_per_cpu_s", epochs, "1/s", of));
    out.println(Arguments.line("epoch_share", epochs / steps, "1", of));
  }

  private PreparedData data() throws IOException {
    Panel panel = BenchPanels.synthetic(arguments.integer("persons"), SEED);
    return PreparedData.of(
        panel,
        WindowSpec.standard(),
        Protocol.NEW_PERSONS,
        new WageTask().targets(panel, 0),
        FeatureSet.ORIGIN_33_V1,
        SEED);
  }

  private static LearningProblem problem(PreparedData data) {
    WageTask task = new WageTask();
    Architecture architecture =
        task.description().getArchitecturesList().stream()
            .filter(each -> each.getName().equals(ARCHITECTURE))
            .findFirst()
            .orElseThrow();
    ParameterValue units = ParameterValue.newBuilder().setIntegerValue(UNITS).build();
    return task.problem(
        data,
        ARCHITECTURE,
        Hyperparameters.of(
            architecture,
            List.of(
                Parameter.newBuilder().setName("lstm_units_1").setValue(units).build(),
                Parameter.newBuilder().setName("lstm_units_2").setValue(units).build(),
                Parameter.newBuilder()
                    .setName("dropout_rate")
                    .setValue(ParameterValue.newBuilder().setDoubleValue(DROPOUT))
                    .build())));
  }

  /** Sequences a CPU second of training steps on one batch of random numbers, over and over. */
  private static double stepsPerSecond(PreparedData data, LearningProblem problem) {
    int size = problem.batchSize();
    int features = data.training().features();
    SequenceBatch batch =
        new SequenceBatch(data.training().steps(), features, 0, problem.network().heads().size())
            .begin(size);
    SplittableRandom random = new SplittableRandom(SEED);
    float[] numbers = new float[features];
    for (int row = 0; row < size; row++) {
      for (int step = 0; step < data.training().steps(); step++) {
        for (int n = 0; n < features; n++) {
          numbers[n] = (float) random.nextGaussian();
        }
        batch.putInputs(row, step, numbers, 0);
      }
      batch.putTarget(0, row, (float) random.nextGaussian());
      batch.putTarget(1, row, random.nextInt(JointLstm.CLASSES));
    }
    SequenceNetwork network = SequenceNetwork.create(problem.network(), SEED);
    double warm = CpuClock.medianSeconds(1, 100, () -> network.trainStep(batch)); // compiles
    int calls = (int) Math.ceil(ROUND_SECONDS / warm);
    return size / CpuClock.medianSeconds(ROUNDS, calls, () -> network.trainStep(batch));
  }

  /** Epochs a CPU second; the first, while code is compiled, does not count. */
  private double epochsPerSecond(PreparedData data, LearningProblem problem) {
    int epochs = arguments.integer("epochs");
    CpuTimes times = new CpuTimes();
    new Trainer(data, problem, new TrainingPlan(SEED, epochs, epochs, "rmse", true, epochs), times)
        .train(Optional.empty());
    double[] sorted = times.sortedSeconds();
    return 1 / sorted[sorted.length / 2];
  }

  /** CPU seconds of each epoch but the first. */
  private static final class CpuTimes implements TrainingListener {
    private final List<Long> ends = new ArrayList<>();

    double[] sortedSeconds() {
      double[] seconds = new double[ends.size() - 1];
      for (int i = 0; i < seconds.length; i++) {
        seconds[i] = (ends.get(i + 1) - ends.get(i)) / 1e9;
      }
      Arrays.sort(seconds);
      return seconds;
    }

    @Override
    public void started(long weights, int completedEpochs) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void epoch(int epoch, Map<String, Double> metrics, Duration duration) {
      ends.add(CpuClock.nanos());
    }

    @Override
    public void checkpoint(int epoch, byte[] state) {}
  }
}
