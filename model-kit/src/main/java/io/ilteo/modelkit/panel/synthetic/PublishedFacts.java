package io.ilteo.modelkit.panel.synthetic;

import java.util.Map;
import java.util.TreeMap;

/** Published figures of KLIPS that the synthetic panel is drawn to. */
final class PublishedFacts {
  static final int FIRST_YEAR = 2000;
  static final int LAST_YEAR = 2023;
  static final int FIRST_WAVE = 3;

  /** Job satisfaction, shares of satisfied, neutral and dissatisfied, by year. */
  static final TreeMap<Integer, double[]> SATISFACTION_SHARES =
      new TreeMap<>(
          Map.of(
              2000, new double[] {.202, .579, .220},
              2005, new double[] {.255, .591, .154},
              2010, new double[] {.345, .571, .083},
              2015, new double[] {.360, .575, .065},
              2020, new double[] {.397, .560, .043},
              2023, new double[] {.438, .528, .034}));

  /** One-year transitions, rows and columns dissatisfied, neutral, satisfied. */
  static final double[][] TRANSITIONS = {{.31, .59, .09}, {.065, .73, .21}, {.02, .31, .67}};

  /** Probabilities and wages (만원) of the 2022–23 distribution. */
  static final double[] WAGE_PROBABILITIES = {.01, .05, .10, .25, .50, .75, .90, .95, .99};

  static final double[] WAGE_QUANTILES = {27, 50, 100, 200, 290, 400, 590, 700, 900};

  /** Mean wage (만원) of all earners in the first and the last year. */
  static final double FIRST_MEAN_WAGE = 117;

  static final double LAST_MEAN_WAGE = 304;

  private PublishedFacts() {}

  /** Shares of satisfied, neutral, dissatisfied in {@code year}, interpolated. */
  static double[] satisfactionShares(int year) {
    Map.Entry<Integer, double[]> before = SATISFACTION_SHARES.floorEntry(year);
    Map.Entry<Integer, double[]> after = SATISFACTION_SHARES.ceilingEntry(year);
    if (before == null || after == null) {
      return before == null ? after.getValue() : before.getValue();
    }
    if (before.getKey().equals(after.getKey())) {
      return before.getValue();
    }
    double weight = (double) (year - before.getKey()) / (after.getKey() - before.getKey());
    double[] shares = new double[3];
    for (int i = 0; i < 3; i++) {
      shares[i] = before.getValue()[i] * (1 - weight) + after.getValue()[i] * weight;
    }
    return shares;
  }

  /** Wage level of {@code year} relative to the 2022–23 distribution. */
  static double wageLevel(int year) {
    double share = (year - FIRST_YEAR) / (double) (LAST_YEAR - FIRST_YEAR);
    return StrictMath.exp(
        StrictMath.log(FIRST_MEAN_WAGE / LAST_MEAN_WAGE) * (1 - StrictMath.pow(share, .92)) - .01);
  }

  /**
   * The wage (만원, 2022–23) at probability {@code p}, interpolated in logs, straight in the tails.
   */
  static double wageQuantile(double p) {
    int last = WAGE_PROBABILITIES.length - 1;
    int i = 0;
    while (i < last - 1 && p > WAGE_PROBABILITIES[i + 1]) {
      i++;
    }
    double z = Normal.quantile(Math.min(Math.max(p, 1e-5), 1 - 1e-5));
    double z0 = Normal.quantile(WAGE_PROBABILITIES[i]);
    double z1 = Normal.quantile(WAGE_PROBABILITIES[i + 1]);
    double w0 = StrictMath.log(WAGE_QUANTILES[i]);
    double w1 = StrictMath.log(WAGE_QUANTILES[i + 1]);
    return StrictMath.exp(w0 + (w1 - w0) * (z - z0) / (z1 - z0));
  }
}
