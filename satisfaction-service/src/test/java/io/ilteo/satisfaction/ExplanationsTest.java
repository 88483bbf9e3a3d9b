package io.ilteo.satisfaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.panel.importing.PanelImport;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.synthetic.SyntheticPanel;
import io.ilteo.modelkit.recurrent.SequenceBatch;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.IntegratedGradients;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.ModelTask.Baselines;
import io.ilteo.modelkit.training.PermutationImportance;
import io.ilteo.modelkit.training.PermutationImportance.Importance;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.modelkit.training.TrainingListener;
import io.ilteo.modelkit.training.TrainingPlan;
import io.ilteo.modelkit.training.TrainingResult.Trained;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said of a trained network's reasons, and five classes instead of three. */
class ExplanationsTest {
  private static final SatisfactionTask TASK = new SatisfactionTask();
  private static Panel panel;
  private static PreparedData data;
  private static LearningProblem problem;
  private static SequenceNetwork network;

  @BeforeAll
  static void train() throws IOException {
    Path file = Files.createTempFile("synthetic", ".csv");
    try {
      new SyntheticPanel(2_000, 3).writeCsv(file);
      panel = PanelImport.read(file, Mappings.named("klips-long")).panel();
    } finally {
      Files.delete(file);
    }
    data = prepared(5);
    var gru =
        TASK.description().getArchitecturesList().stream()
            .filter(each -> each.getName().equals("gru"))
            .findFirst()
            .orElseThrow();
    problem = TASK.problem(data, "gru", Hyperparameters.of(gru, List.of()));
    TrainingPlan plan = new TrainingPlan(1, 4, 4, "accuracy", false, 4);
    network =
        ((Trained) new Trainer(data, problem, plan, new Quiet()).train(Optional.empty())).network();
  }

  private static PreparedData prepared(int classes) {
    return PreparedData.of(
        panel,
        WindowSpec.standard(),
        Protocol.NEW_PERSONS,
        TASK.targets(panel, classes),
        FeatureSet.PANEL_V1,
        3);
  }

  @Test
  void fiveClassesAreLearnedAndComparedLikeThree() {
    assertThat(problem.network().heads().getFirst().outputs()).isEqualTo(5);
    Map<String, Double> metrics =
        Trainer.score(List.of(network), problem, data.training(), data.validation()).metrics();
    assertThat(metrics).containsKeys("recall_0", "recall_4", "qwk");
    try (Baselines baselines = TASK.baselines(data)) {
      var scored = baselines.score(data.validation());
      assertThat(scored).hasSize(SatisfactionBaselines.NAMES.size());
      double majority = scored.getFirst().scored().metrics().getOrDefault("accuracy", Double.NaN);
      assertThat(metrics.get("accuracy")).as("above the majority's").isGreaterThan(majority + 0.02);
    }
    Assertions.assertThatThrownBy(() -> prepared(4))
        .isInstanceOf(InvalidArgument.class)
        .hasMessageContaining("folds into [3, 5]");
  }

  @Test
  void pastSatisfactionCountsMostAndTheSameSeedSaysTheSame() {
    PermutationImportance importance = new PermutationImportance(List.of(network), problem, data);
    PermutationImportance.Result result = importance.measure("log_loss", true, 3, 5);
    assertThat(result).isEqualTo(importance.measure("log_loss", true, 3, 5));
    Importance first = result.importances().getFirst();
    assertThat(first.source()).isEqualTo("satisfaction");
    assertThat(first.worsening()).isGreaterThan(0.02).isGreaterThan(3 * first.deviation());
    assertThat(result.importances())
        .extracting(Importance::source)
        .contains("wage", "industry", "calendar")
        .doesNotHaveDuplicates();
    // What is exchanged between persons seen in the same years differs in the year at most.
    assertThat(result.importances().getLast().worsening()).isLessThan(0.005);
  }

  @Test
  void integratedGradientsSumToWhatTheyExplain() {
    Sequences sequences = data.validation();
    int[] rows = IntStream.range(0, 40).map(k -> k * 7).toArray();
    int[] outputs = Arrays.stream(rows).map(row -> row % 5).toArray();
    double[][] effects = IntegratedGradients.of(List.of(network), sequences, 0, rows, outputs);
    for (int k = 0; k < rows.length; k++) {
      double own = probability(sequences, rows[k], outputs[k], false);
      double average = probability(sequences, rows[k], outputs[k], true);
      assertThat(Arrays.stream(effects[k]).sum()).isCloseTo(own - average, within(5e-3));
    }
  }

  /** The network's probability of a class, for the person or the average of the same years. */
  private static double probability(Sequences sequences, int row, int output, boolean average) {
    int features = sequences.features();
    float[] inputs = new float[sequences.steps() * features];
    int[] codes = new int[sequences.steps() * sequences.categories()];
    sequences.copyInputs(row, inputs, 0);
    sequences.copyCategories(row, codes, 0);
    if (average) {
      Arrays.fill(inputs, 0);
    }
    SequenceBatch batch =
        new SequenceBatch(sequences.steps(), features, sequences.categories(), 0).begin(1);
    for (int step = 0; step < sequences.steps(); step++) {
      batch.putInputs(0, step, inputs, step * features);
      batch.putCategories(0, step, codes, step * sequences.categories());
      if (!sequences.observed(row, step)) {
        batch.putGap(0, step);
      }
    }
    return network.predict(batch).getFirst()[0][output];
  }

  private static final class Quiet implements TrainingListener {
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
