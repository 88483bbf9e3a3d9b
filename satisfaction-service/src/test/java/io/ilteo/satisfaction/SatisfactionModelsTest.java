package io.ilteo.satisfaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TestReading;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.panel.importing.PanelImport;
import io.ilteo.modelkit.panel.mapping.Mappings;
import io.ilteo.modelkit.panel.synthetic.SyntheticPanel;
import io.ilteo.modelkit.recurrent.SequenceNetwork;
import io.ilteo.modelkit.training.Attachments;
import io.ilteo.modelkit.training.Hyperparameters;
import io.ilteo.modelkit.training.LearningProblem;
import io.ilteo.modelkit.training.MeanOutputs;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import io.ilteo.modelkit.training.ModelTask.Baselines;
import io.ilteo.modelkit.training.PredictedClasses;
import io.ilteo.modelkit.training.PreparedData;
import io.ilteo.modelkit.training.Scored;
import io.ilteo.modelkit.training.ScoredClasses;
import io.ilteo.modelkit.training.Trainer;
import io.ilteo.modelkit.training.TrainingListener;
import io.ilteo.modelkit.training.TrainingPlan;
import io.ilteo.modelkit.training.TrainingResult;
import io.ilteo.modelkit.training.TrainingResult.Trained;
import io.ilteo.proto.model.v1.Architecture;
import io.ilteo.proto.search.v1.Parameter;
import io.ilteo.proto.search.v1.ParameterValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Satisfaction models and baselines on a synthetic panel of 4,000 persons. */
class SatisfactionModelsTest {
  private static final SatisfactionTask TASK = new SatisfactionTask();
  private static PreparedData data;
  private static Sequences test;
  private static List<Baseline> validationBaselines;
  private static List<Baseline> baselines;

  @BeforeAll
  static void prepare() throws IOException {
    Path file = Files.createTempFile("synthetic", ".csv");
    try {
      new SyntheticPanel(4_000, 11).writeCsv(file);
      Panel panel = PanelImport.read(file, Mappings.named("klips-long")).panel();
      data =
          PreparedData.of(
              panel,
              WindowSpec.standard(),
              Protocol.NEW_PERSONS,
              TASK.targets(panel, 3),
              FeatureSet.PANEL_V1,
              11);
    } finally {
      Files.delete(file);
    }
    test =
        data.transform()
            .sequences(data.folds().test().open(new TestReading("test", "test"), r -> {}));
    try (Baselines fitted = TASK.baselines(data)) {
      validationBaselines = fitted.score(data.validation());
      baselines = fitted.score(test);
    }
  }

  private static Map<String, Double> metrics(String baseline) {
    return baselines.stream()
        .filter(each -> each.name().equals(baseline))
        .findFirst()
        .orElseThrow()
        .scored()
        .metrics();
  }

  @Test
  void everyBaselineIsScoredOnTheSameRowsAndCovers() {
    assertThat(baselines.stream().map(Baseline::name)).isEqualTo(SatisfactionBaselines.NAMES);
    for (int k = 0; k < baselines.size(); k++) {
      Scored scored = baselines.get(k).scored();
      assertThat(scored.sequences()).isEqualTo(baselines.getFirst().scored().sequences());
      Map<String, Double> calibrated =
          scored.calibrated(validationBaselines.get(k).scored()).metrics();
      // The decided class is always in its set, so sets may hold more than they promise.
      assertThat(calibrated.get("coverage_90")).as(baselines.get(k).name()).isGreaterThan(0.87);
    }
  }

  @Test
  void learnersBeatWhatDoesNotLearn() {
    double last = metrics("last_class").getOrDefault("accuracy", Double.NaN);
    for (String learner : List.of("multinomial_logit", "ordinal_logit", "gradient_boosting")) {
      assertThat(metrics(learner).get("accuracy")).as(learner).isGreaterThan(last);
      assertThat(metrics(learner).get("log_loss"))
          .as(learner)
          .isLessThan(metrics("last_class").get("log_loss"));
    }
    assertThat(metrics("balanced_boosting").get("recall_0"))
        .isGreaterThan(metrics("gradient_boosting").get("recall_0"));
    assertThat(metrics("majority"))
        .containsEntry("qwk", 0.0)
        .containsKeys("accuracy_sex_1", "accuracy_sample_2000", "accuracy_employment_1");
  }

  @Test
  void lastClassAnswersTheLastClassWithHonestProbabilities() {
    var scored =
        (ScoredClasses) baselines.get(SatisfactionBaselines.NAMES.indexOf("last_class")).scored();
    int differing = 0;
    for (int row = 0; row < scored.decided().length; row++) {
      int last = test.lastSatisfactionClass(scored.sequences()[row], 3);
      if (last >= 0) {
        assertThat(scored.decided()[row]).isEqualTo(last);
        double[] p = scored.probabilities()[row];
        differing += p[last] < Math.max(p[0], Math.max(p[1], p[2])) ? 1 : 0;
      }
    }
    assertThat(differing).as("rows whose last class is not the likeliest").isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "gru,softmax,balanced,argmax,temperature",
    "gru_attention,coral,root,median,vector",
    "transformer,corn,effective,recall,vector",
    "lstm,softmax,none,kappa,temperature"
  })
  void everyArchitectureAndHeadLearnsIsReadAndServedAlike(
      String architecture, String head, String weighting, String decision, String calibration) {
    LearningProblem problem =
        problem(
            architecture,
            Map.of(
                "head", head,
                "class_weighting", weighting,
                "decision", decision,
                "calibration", calibration));
    Epochs epochs = new Epochs();
    TrainingResult result =
        new Trainer(data, problem, new TrainingPlan(3, 4, 10, "log_loss", true, 9), epochs)
            .train(Optional.empty());
    assertThat(result).isInstanceOf(Trained.class);
    SequenceNetwork network = ((Trained) result).network();
    assertThat(epochs.losses.getLast()).isLessThan(epochs.losses.getFirst());

    Scored validation =
        Trainer.score(List.of(network), problem, data.training(), data.validation());
    var scored =
        (ScoredClasses)
            Trainer.score(List.of(network), problem, data.training(), test).calibrated(validation);
    Map<String, Double> metrics = scored.metrics();
    assertThat(metrics.get("coverage_90")).isCloseTo(0.9, within(0.05));
    if (decision.equals("recall")) {
      assertThat(metrics.get("recall_0")).isGreaterThan(0.25);
    } else if (!weighting.equals("balanced")) {
      assertThat(metrics.get("accuracy"))
          .isGreaterThan(metrics("majority").getOrDefault("accuracy", Double.NaN));
    }

    Attachments attachments = Trainer.attachments(List.of(network), problem, data);
    var readout = TASK.readout(data.inputs(), Attachments.fromJson(attachments.toJson()));
    List<float[][]> outputs = MeanOutputs.of(List.of(network), test);
    PredictedClasses served = (PredictedClasses) readout.read(test, outputs, 0.9);
    for (int row = 0; row < scored.decided().length; row++) {
      int i = scored.sequences()[row];
      assertThat(served.decided()[i]).isEqualTo(scored.decided()[row]);
      assertThat(served.sets()[i]).isEqualTo(scored.sets()[row]);
    }
  }

  private static LearningProblem problem(String architecture, Map<String, String> choices) {
    Architecture chosen =
        TASK.description().getArchitecturesList().stream()
            .filter(each -> each.getName().equals(architecture))
            .findFirst()
            .orElseThrow();
    List<Parameter> parameters = new ArrayList<>();
    choices.forEach(
        (name, value) ->
            parameters.add(
                Parameter.newBuilder()
                    .setName(name)
                    .setValue(ParameterValue.newBuilder().setStringValue(value))
                    .build()));
    return TASK.problem(data, architecture, Hyperparameters.of(chosen, parameters));
  }

  /** Remembers training losses. */
  private static final class Epochs implements TrainingListener {
    final List<Double> losses = new ArrayList<>();

    @Override
    public void started(long weights, int completedEpochs) {
      assertThat(weights).isPositive();
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void epoch(int epoch, Map<String, Double> metrics, Duration duration) {
      losses.add(metrics.getOrDefault("train_loss", Double.NaN));
    }

    @Override
    public void checkpoint(int epoch, byte[] state) {
      assertThat(state).isNotEmpty();
    }
  }
}
