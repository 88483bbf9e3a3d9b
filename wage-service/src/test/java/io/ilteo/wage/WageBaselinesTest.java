package io.ilteo.wage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.fold.TestReading;
import io.ilteo.modelkit.training.ModelTask.Baseline;
import io.ilteo.modelkit.training.PreparedData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Baselines on the test fold of a synthetic panel of 6,000 persons. */
class WageBaselinesTest {
  private static List<Baseline> validation;
  private static List<Baseline> test;

  @BeforeAll
  static void fit() {
    PreparedData data = WagePanels.synthetic(6_000, 11);
    Sequences opened =
        data.transform()
            .sequences(data.folds().test().open(new TestReading("test", "test"), r -> {}));
    try (WageBaselines baselines = new WageBaselines(data)) {
      validation = baselines.score(data.validation());
      test = baselines.score(opened);
    }
  }

  @Test
  void everyBaselineIsScoredOnTheSameRows() {
    assertThat(test.stream().map(Baseline::name)).isEqualTo(WageBaselines.NAMES);
    for (Baseline baseline : test) {
      assertThat(baseline.scored().sequences()).isEqualTo(test.getFirst().scored().sequences());
    }
  }

  @Test
  void learnersBeatTheLastWage() {
    double last = rmse(0);
    assertThat(rmse(2)).isLessThan(0.95 * last);
    assertThat(rmse(3)).isLessThan(0.95 * last);
  }

  private static double rmse(int baseline) {
    return test.get(baseline).scored().metrics().getOrDefault("rmse", Double.NaN);
  }

  @Test
  void intervalsOfTheValidationFoldCoverTheTestFoldWithinTwoPoints() {
    for (int k = 0; k < test.size(); k++) {
      Map<String, Double> metrics =
          test.get(k).scored().calibrated(validation.get(k).scored()).metrics();
      assertThat(metrics.get("coverage_80")).as(test.get(k).name()).isCloseTo(0.80, within(0.02));
      assertThat(metrics.get("coverage_95")).as(test.get(k).name()).isCloseTo(0.95, within(0.02));
      assertThat(metrics.get("width_95")).isGreaterThan(metrics.get("width_80"));
    }
  }

  @Test
  void figuresByGroupComposeToTheWhole() {
    Map<String, Double> metrics = test.get(2).scored().metrics();
    assertThat(metrics)
        .containsKeys(
            "rmse_wage_band_1",
            "rmse_wage_band_5",
            "rmse_sample_2000",
            "rmse_sample_2009",
            "rmse_sample_2018");
    assertThat(metrics.get("rmse_wage_band_5")).isGreaterThan(metrics.get("rmse"));
    assertThat(metrics.get("rmse_wage_band_2")).isLessThan(metrics.get("rmse"));
    // Two sexes that together are everybody: the whole lies between them.
    double men = metrics.getOrDefault("rmse_sex_1", Double.NaN);
    double women = metrics.getOrDefault("rmse_sex_2", Double.NaN);
    assertThat(metrics.get("rmse")).isBetween(Math.min(men, women), Math.max(men, women));
  }
}
