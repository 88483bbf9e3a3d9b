package io.ilteo.modelkit.panel.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.SyntheticPanels;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The synthetic panel's moments beside the published ones; prints the table. */
class SyntheticMomentsTest {
  private static final Panel PANEL = SyntheticPanels.imported(12_000, 5).panel();
  private static final PanelMoments MOMENTS = new PanelMoments(PANEL);
  private static final StringBuilder TABLE = new StringBuilder();

  @AfterAll
  static void print() {
    System.out.printf(
        "Synthetic panel: %d persons, %d person-years%n%-44s %10s %10s%n%s",
        PANEL.personCount(), PANEL.personYears(), "moment", "published", "synthetic", TABLE);
  }

  private static double show(String moment, double published, double synthetic) {
    TABLE.append(String.format(Locale.ROOT, "%-44s %10.3f %10.3f%n", moment, published, synthetic));
    return synthetic;
  }

  @Test
  void satisfactionSharesAreThePublishedOnes() {
    for (Map.Entry<Integer, double[]> year : PublishedFacts.SATISFACTION_SHARES.entrySet()) {
      double[] shares = MOMENTS.satisfactionShares(year.getKey());
      String[] names = {"satisfied", "neutral", "dissatisfied"};
      for (int i = 0; i < 3; i++) {
        double published = year.getValue()[i];
        double synthetic = show(names[i] + " " + year.getKey(), published, shares[2 - i]);
        assertThat(synthetic).isBetween(published - .03, published + .03);
      }
    }
  }

  @Test
  void satisfactionMovesLikeThePublishedTransitions() {
    double[][] transitions = MOMENTS.satisfactionTransitions();
    for (int from = 0; from < 3; from++) {
      for (int to = 0; to < 3; to++) {
        double published = PublishedFacts.TRANSITIONS[from][to];
        double synthetic =
            show("transition " + from + " to " + to, published, transitions[from][to]);
        assertThat(synthetic).isBetween(published - .05, published + .05);
        if (from == to) {
          assertThat(synthetic).isBetween(published - .04, published + .04);
        }
      }
    }
    assertThat(show("same class next year", .675, MOMENTS.sameClassShare())).isBetween(.64, .71);
  }

  @Test
  void wagesPersistLikeThePublishedOnes() {
    assertThat(show("lag-1 correlation of log wage", .87, MOMENTS.logWageCorrelation()))
        .isBetween(.85, .89);
    assertThat(show("lag-1 correlation of wage", .90, MOMENTS.wageCorrelation(1)))
        .isBetween(.86, .92);
    assertThat(show("lag-2 correlation of wage", .86, MOMENTS.wageCorrelation(2)))
        .isBetween(.81, .89);
    assertThat(show("exactly last year's wage", .25, MOMENTS.repeatedWageShare()))
        .isBetween(.21, .29);
  }

  @Test
  void wagesAreDistributedLikeThePublishedOnes() {
    for (int i = 0; i < PublishedFacts.WAGE_QUANTILES.length; i++) {
      double published = PublishedFacts.WAGE_QUANTILES[i];
      double at = PublishedFacts.WAGE_PROBABILITIES[i];
      double synthetic = MOMENTS.wageQuantile(at, 2022, 2023);
      show("wage quantile " + at + " 2022-23", published, synthetic);
      assertThat(synthetic).isBetween(published * .9, published * 1.1);
    }
    assertThat(show("mean wage 2000", 117, MOMENTS.meanWage(2000))).isBetween(105.0, 129.0);
    assertThat(show("mean wage 2023", 304, MOMENTS.meanWage(2023))).isBetween(274.0, 334.0);
    assertThat(show("multiples of 10", .86, MOMENTS.multiplesOf(10))).isBetween(.82, .90);
    assertThat(show("multiples of 50", .54, MOMENTS.multiplesOf(50))).isBetween(.50, .58);
  }

  @Test
  void wagesAnswerToWhatPersonsAreAndDo() {
    double[] returns = MOMENTS.wageReturns();
    assertThat(show("return to a year of schooling", .065, returns[1])).isBetween(.05, .08);
    assertThat(show("return to a year of tenure", .03, returns[2])).isBetween(.02, .04);
    assertThat(show("return to a regular contract", .165, returns[3])).isBetween(.10, .24);
    assertThat(show("return to being married", .18, returns[4])).isBetween(.12, .25);
    assertThat(show("return to log hours", .27, returns[5])).isBetween(.20, .36);
    assertThat(show("women's mean wage to men's", .65, MOMENTS.wageRatio("sex", 2, 1)))
        .isBetween(.58, .72);
    assertThat(
            show(
                "non-regular mean wage to regular",
                .60,
                MOMENTS.wageRatio("employment_type", 2, 1)))
        .isBetween(.52, .75);
    assertThat(show("non-regular share of employees", .35, MOMENTS.share("employment_type", 2)))
        .isBetween(.29, .41);
    assertThat(MOMENTS.meanWageOfCode(2)).isGreaterThan(MOMENTS.meanWageOfCode(3));
    assertThat(MOMENTS.meanWageOfCode(3)).isGreaterThan(MOMENTS.meanWageOfCode(4));
    for (int code = 1; code <= 5; code++) {
      double published = new double[] {494, 387, 268, 196, 192}[code - 1];
      show("mean wage of code " + code + " 2022-23", published, MOMENTS.meanWageOfCode(code));
    }
  }

  @Test
  void panelGrowsAndShrinksLikeTheRealOne() {
    double scale = 36_000.0 / PANEL.personCount();
    assertThat(show("person-years at 36,000 persons", 370_000, PANEL.personYears() * scale))
        .isBetween(340_000.0, 400_000.0);
    assertThat(show("persons 2009", 14_500, MOMENTS.rows(2009) * scale))
        .isBetween(13_000.0, 16_000.0);
    assertThat(show("persons 2018", 24_000, MOMENTS.rows(2018) * scale))
        .isBetween(21_500.0, 26_000.0);
    assertThat(MOMENTS.gaps()).isGreaterThan(PANEL.personCount() / 20);
  }

  @Test
  void sameSeedGivesTheSameBytes() {
    assertThat(bytes(3)).isEqualTo(bytes(3)).isNotEqualTo(bytes(4));
  }

  private static byte[] bytes(long seed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SyntheticPanel(120, seed).writeCsv(out);
    return out.toByteArray();
  }
}
