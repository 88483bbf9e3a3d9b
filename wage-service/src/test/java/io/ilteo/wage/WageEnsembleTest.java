package io.ilteo.wage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.TestReading;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.MeanOutputs;
import io.ilteo.modelkit.training.PredictedAmounts;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Scored;
import io.ilteo.modelkit.training.ScoredAmounts;
import io.ilteo.modelkit.training.SharedArchitecture;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.modelkit.training.TrainingListener;
import io.ilteo.modelkit.training.TrainingPlan;
import io.ilteo.modelkit.training.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three seeds of one configuration as one model, on a synthetic panel of 4,000 persons. */
class WageEnsembleTest {
  private static PreparedData data;
  private static LearningProblem problem;
  private static Sequences test;
  private static final List<SequenceNetwork> NETWORKS = new ArrayList<>();

  @BeforeAll
  static void train() {
    data = WagePanels.synthetic(4_000, 21);
    WageTask task = new WageTask();
    problem =
        task.problem(
            data,
            SharedArchitecture.LSTM.id(),
            Hyperparameters.of(task.description().getArchitectures(0), List.of()));
    test =
        data.transform()
            .sequences(data.folds().test().open(new TestReading("test", "test"), r -> {}));
    for (long seed = 1; seed <= 3; seed++) {
      TrainingPlan plan = new TrainingPlan(seed, 3, 3, WageTask.RMSE, true, 9);
      var result = new Trainer(data, problem, plan, new Unheard()).train(Optional.empty());
      NETWORKS.add(((TrainingResult.Trained) result).network());
    }
  }

  private static double rmse(Scored scored) {
    return scored.metrics().getOrDefault(WageTask.RMSE, Double.NaN);
  }

  private static Scored score(List<SequenceNetwork> networks, Sequences sequences) {
    return Trainer.score(networks, problem, data.training(), sequences);
  }

  @Test
  void ensembleIsBetterThanItsNetworksOnAverageAndThanTheLastWage() {
    double members =
        NETWORKS.stream()
            .mapToDouble(network -> rmse(score(List.of(network), test)))
            .average()
            .orElseThrow();
    double ensemble = rmse(score(NETWORKS, test));
    assertThat(ensemble).isLessThan(members);
    assertThat(ensemble).isLessThan(0.95 * rmse(lastWage()));
  }

  private static Scored lastWage() {
    Sequences scored = test;
    return new WageRows(data)
        .score(scored, i -> Float.isNaN(scored.lastWage(i)) ? 200 : scored.lastWage(i));
  }

  @Test
  void intervalsOfTheEnsembleCoverTheTestFoldWithinTwoPoints() {
    Map<String, Double> metrics =
        score(NETWORKS, test).calibrated(score(NETWORKS, data.validation())).metrics();
    assertThat(metrics.get("coverage_80")).isCloseTo(0.80, within(0.02));
    assertThat(metrics.get("coverage_95")).isCloseTo(0.95, within(0.02));
  }

  @Test
  void whatIsServedIsWhatWasEvaluated() {
    Attachments attachments = Trainer.attachments(NETWORKS, problem, data);
    var readout = new WageTask().readout(data.inputs(), Attachments.fromJson(attachments.toJson()));
    PredictedAmounts served =
        (PredictedAmounts) readout.read(test, MeanOutputs.of(NETWORKS, test), 0.8);
    ScoredAmounts evaluated =
        (ScoredAmounts) score(NETWORKS, test).calibrated(score(NETWORKS, data.validation()));
    for (int row = 0; row < evaluated.sequences().length; row++) {
      int i = evaluated.sequences()[row];
      assertThat(served.amounts()[i]).isEqualTo(evaluated.predicted()[row]);
      assertThat(served.lower()[i]).isEqualTo(evaluated.bounds().getFirst().lower()[row]);
      assertThat(served.upper()[i]).isEqualTo(evaluated.bounds().getFirst().upper()[row]);
    }
  }

  /** Hears nothing and never ends a training. */
  private static final class Unheard implements TrainingListener {
    @Override
    public void started(long weights, int completedEpochs) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void epoch(int epoch, Map<String, Double> metrics, Duration duration) {}

    @Override
    public void checkpoint(int epoch, byte[] state) {}
  }
}
