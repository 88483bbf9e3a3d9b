package io.ilteo.wage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.WageScale;
import io.ilteo.modelkit.recurrent.NetworkSpec;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Scored;
import io.ilteo.modelkit.training.ScoredJoint;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.modelkit.training.TrainingListener;
import io.ilteo.modelkit.training.TrainingPlan;
import io.ilteo.modelkit.training.TrainingResult;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.search.v1.ParameterValue;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Training wage networks on a synthetic panel of 400 persons. */
class WageTrainingTest {
  private static PreparedData data;

  @BeforeAll
  static void prepare() {
    data = WagePanels.synthetic(400, 5);
  }

  private static LearningProblem problem() {
    WageTask task = new WageTask();
    return task.problem(
        data, "lstm", Hyperparameters.of(task.description().getArchitectures(0), List.of()));
  }

  private static LearningProblem joint(String scaling) {
    return problem(WageArchitectures.JOINT_LSTM, "loss_scaling", scaling);
  }

  private static LearningProblem problem(String name, String parameter, String choice) {
    WageTask task = new WageTask();
    Parameter chosen =
        Parameter.newBuilder()
            .setName(parameter)
            .setValue(ParameterValue.newBuilder().setStringValue(choice))
            .build();
    Architecture architecture =
        task.description().getArchitecturesList().stream()
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    return task.problem(
        data, architecture.getName(), Hyperparameters.of(architecture, List.of(chosen)));
  }

  private static TrainingPlan plan(long seed, int epochs) {
    return new TrainingPlan(seed, epochs, 10, WageTask.RMSE, true, 2);
  }

  @Test
  void resumedTrainingEndsBitForBitAsTheUninterrupted() {
    Log whole = new Log();
    var uninterrupted = trained(new Trainer(data, problem(), plan(3, 5), whole), Optional.empty());
    Log resumed = new Log();
    var gone =
        trained(
            new Trainer(data, problem(), plan(3, 5), resumed),
            Optional.of(whole.checkpoints.getFirst()));

    assertThat(whole.completedEpochs).isZero();
    assertThat(resumed.completedEpochs).isEqualTo(2);
    assertThat(resumed.weights).isEqualTo(whole.weights).isPositive();
    assertThat(resumed.epochs).isEqualTo(whole.epochs.subList(2, 5));
    assertThat(gone.metrics()).isEqualTo(uninterrupted.metrics());
    assertThat(gone.network().weights()).isEqualTo(uninterrupted.network().weights());
  }

  @Test
  void checkpointsOfAnotherTrainingAreRefused() {
    Log log = new Log();
    trained(new Trainer(data, problem(), plan(3, 2), log), Optional.empty());
    byte[] checkpoint = log.checkpoints.getFirst();
    assertThatThrownBy(
            () ->
                new Trainer(data, problem(), plan(4, 2), new Log()).train(Optional.of(checkpoint)))
        .isInstanceOf(FailedPrecondition.class)
        .hasMessageContaining("another training");
    byte[] half = java.util.Arrays.copyOf(checkpoint, checkpoint.length / 2);
    assertThatThrownBy(
            () -> new Trainer(data, problem(), plan(3, 2), new Log()).train(Optional.of(half)))
        .isInstanceOf(FailedPrecondition.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void cancellingStopsBeforeTheNextBatch() {
    Log log = new Log();
    log.batchesAllowed = 3;
    TrainingResult result = new Trainer(data, problem(), plan(3, 5), log).train(Optional.empty());
    assertThat(result).isInstanceOf(TrainingResult.Cancelled.class);
    assertThat(log.asked).isEqualTo(4);
    assertThat(log.epochs).isEmpty();
  }

  @Test
  void lossThatIsNotANumberEndsTheTrainingWithEpochAndReason() {
    LearningProblem sound = problem();
    LearningProblem broken =
        new LearningProblem() {
          @Override
          public NetworkSpec network() {
            return sound.network();
          }

          @Override
          public int batchSize() {
            return sound.batchSize();
          }

          @Override
          public float target(int head, Sequences sequences, int i) {
            return Float.POSITIVE_INFINITY;
          }

          @Override
          public Scored score(
              Sequences sequences, List<float[][]> outputs, TrainingSample training) {
            return sound.score(sequences, outputs, training);
          }

          @Override
          public Attachments attachments(TrainingSample training, TrainingSample validation) {
            return sound.attachments(training, validation);
          }
        };
    Log log = new Log();
    TrainingResult result = new Trainer(data, broken, plan(3, 5), log).train(Optional.empty());
    assertThat(result).isEqualTo(new TrainingResult.Diverged(1, "the training loss is Infinity"));
    assertThat(log.asked).isEqualTo(1);
  }

  @Test
  void lossFallsAndTheModelLearnsMoreThanTheMean() {
    Log log = new Log();
    var result = trained(new Trainer(data, problem(), plan(1, 6), log), Optional.empty());
    assertThat(log.epochs.getLast().get("train_loss"))
        .isLessThan(log.epochs.getFirst().get("train_loss"));
    assertThat(result.metrics().get("r2")).isGreaterThan(0.5);
  }

  @Test
  void jointNetworkLearnsBothTargetsAndScoresTheWage() {
    assertThat(joint("standardised").network().heads()).hasSize(2);
    Log log = new Log();
    var result =
        trained(new Trainer(data, joint("standardised"), plan(1, 4), log), Optional.empty());
    assertThat(result.metrics().get("r2")).isGreaterThan(0.2);
    assertThat(log.epochs.getLast().get("train_loss"))
        .isLessThan(log.epochs.getFirst().get("train_loss"));
    assertThat(result.metrics().get("satisfaction_accuracy")).isBetween(0.5, 0.9);
    assertThat(result.metrics()).containsKeys("satisfaction_qwk", "satisfaction_recall_0");
  }

  @Test
  void bothTargetsAreResampledTogether() {
    LearningProblem problem = joint("standardised");
    var network = SequenceNetwork.create(problem.network(), 1);
    var scored =
        (ScoredJoint) Trainer.score(List.of(network), problem, data.training(), data.validation());
    int[] all = IntStream.range(0, scored.sequences().length).toArray();
    assertThat(scored.select(all).metrics()).isEqualTo(scored.metrics());
    // A row whose class is known, three times, and one whose class is not.
    int known = IntStream.of(all).filter(k -> scored.classRows()[k] >= 0).findFirst().orElseThrow();
    ScoredJoint drawn = scored.select(new int[] {known, known, known});
    int row = scored.classRows()[known];
    boolean right = scored.classes().decided()[row] == scored.classes().observed()[row];
    assertThat(drawn.metrics()).containsEntry("satisfaction_accuracy", right ? 1.0 : 0.0);
    assertThat(drawn.select(new int[] {2}).sequences()).containsExactly(scored.sequences()[known]);
  }

  @Test
  void unscaledLossIsTheOriginReportsAndDwarfsTheOtherTarget() {
    Log log = new Log();
    trained(new Trainer(data, joint("origin"), plan(1, 1), log), Optional.empty());
    // Squared 만원 beside a cross-entropy of at most ln 5: the weight of the latter has no say.
    assertThat(log.epochs.getFirst().get("train_loss")).isGreaterThan(1_000);
  }

  @Test
  void logsOfWagesAreLearnedToo() {
    LearningProblem logs = problem("lstm", "target", "log");
    var result = trained(new Trainer(data, logs, plan(1, 6), new Log()), Optional.empty());
    assertThat(result.metrics().get("r2")).isGreaterThan(0.5);
  }

  @Test
  void everyScaleAndPricesComeBackAsTheWage() {
    for (WageScale scale : WageScale.values()) {
      for (boolean deflated : new boolean[] {true, false}) {
        WageTarget target = WageTarget.changes(data, scale, deflated);
        Sequences training = data.training();
        for (int i = 0; i < 50; i++) {
          if (training.hasWage(i)) {
            assertThat(target.decode(training, i, target.encode(training, i)))
                .isCloseTo(training.wage(i), within(1e-6 * training.wage(i)));
          }
        }
      }
    }
  }

  private static TrainingResult.Trained trained(Trainer trainer, Optional<byte[]> from) {
    return (TrainingResult.Trained) trainer.train(from);
  }

  /** Writes down what it hears. */
  private static final class Log implements TrainingListener {
    final List<Map<String, Double>> epochs = new ArrayList<>();
    final List<byte[]> checkpoints = new ArrayList<>();
    long weights;
    int completedEpochs = -1;
    int asked;
    int batchesAllowed = Integer.MAX_VALUE;

    @Override
    public void started(long weights, int completedEpochs) {
      this.weights = weights;
      this.completedEpochs = completedEpochs;
    }

    @Override
    public boolean isCancelled() {
      return ++asked > batchesAllowed;
    }

    @Override
    public void epoch(int epoch, Map<String, Double> metrics, Duration duration) {
      epochs.add(metrics);
    }

    @Override
    public void checkpoint(int epoch, byte[] state) {
      checkpoints.add(state);
    }
  }
}
