package io.ilteo.modelkit.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.SyntheticPanels;
import io.ilteo.modelkit.panel.feature.FeatureSet;
import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.Protocol;
import io.ilteo.modelkit.panel.fold.TargetSelection;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.training.GradientBoosting.Fold;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GradientBoostingTest {
  private static PreparedData data;

  @BeforeAll
  static void prepare() {
    Panel panel = SyntheticPanels.imported(600, 4).panel();
    data =
        PreparedData.of(
            panel,
            WindowSpec.standard(),
            Protocol.NEW_PERSONS,
            TargetSelection.both(panel.mapping()),
            FeatureSet.PANEL_V1,
            0);
  }

  private static Fold wages(Sequences sequences) {
    return new Fold(
        sequences, i -> sequences.hasWage(i) ? Math.log(sequences.wage(i)) : Double.NaN);
  }

  private static double meanSquare(Sequences sequences, IntToDoubleFunction predict) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < sequences.size(); i++) {
      if (sequences.hasWage(i)) {
        double error = predict.applyAsDouble(i) - Math.log(sequences.wage(i));
        sum += error * error;
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void learnsWagesTheSameWayTwice() {
    Sequences validation = data.validation();
    try (GradientBoosting first =
            GradientBoosting.regression(wages(data.training()), wages(validation), 7);
        GradientBoosting second =
            GradientBoosting.regression(wages(data.training()), wages(validation), 7)) {
      double[][] predicted = first.predict(validation);
      assertThat(second.predict(validation)).isDeepEqualTo(predicted);
      assertThat(first.rounds()).isBetween(10, 500);
      assertThat(meanSquare(validation, i -> predicted[i][0]))
          .isLessThan(0.5 * meanSquare(validation, i -> Math.log(200)));
    }
  }

  @Test
  void givesProbabilitiesOfClasses() {
    Sequences validation = data.validation();
    Fold training = classes(data.training());
    try (GradientBoosting model =
        GradientBoosting.classification(training, classes(validation), new double[] {1, 1, 1}, 7)) {
      double[][] probabilities = model.predict(validation);
      int hits = 0;
      int known = 0;
      for (int i = 0; i < probabilities.length; i++) {
        assertThat(probabilities[i]).hasSize(3);
        assertThat(probabilities[i][0] + probabilities[i][1] + probabilities[i][2])
            .isBetween(0.999, 1.001);
        int observed = validation.satisfactionClass(i, 3);
        known += observed >= 0 ? 1 : 0;
        hits += observed >= 0 && ClassMetrics.argmax(probabilities[i]) == observed ? 1 : 0;
      }
      assertThat((double) hits / known).isGreaterThan(0.6);
    }
  }

  private static Fold classes(Sequences sequences) {
    return new Fold(
        sequences,
        i -> {
          int observed = sequences.satisfactionClass(i, 3);
          return observed < 0 ? Double.NaN : observed;
        });
  }
}
