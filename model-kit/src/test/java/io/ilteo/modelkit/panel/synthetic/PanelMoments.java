package io.ilteo.modelkit.panel.synthetic;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.mapping.SatisfactionSpec;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Moments of a panel in the {@code klips-long} mapping. */
final class PanelMoments {
  private final Panel panel;
  private final PanelColumn wage;
  private final PanelColumn satisfaction;
  private final SatisfactionSpec scale;
  private final int[] persons;

  PanelMoments(Panel panel) {
    this.panel = panel;
    this.wage = panel.column("wage");
    this.satisfaction = panel.column("satisfaction");
    this.scale = panel.mapping().requireSatisfaction();
    this.persons = new int[panel.personYears()];
    for (int p = 0; p < panel.personCount(); p++) {
      Arrays.fill(persons, panel.start(p), panel.start(p + 1), p);
    }
  }

  private int classOf(int row) {
    return scale.classOf(satisfaction.value(row), 3);
  }

  /** The row of the same person {@code years} later, or −1. */
  private int later(int row, int years) {
    for (int r = row + 1; r < panel.start(persons[row] + 1); r++) {
      if (panel.year(r) == panel.year(row) + years) {
        return r;
      }
    }
    return -1;
  }

  private IntStream rows() {
    return IntStream.range(0, panel.personYears());
  }

  long rows(int year) {
    return rows().filter(r -> panel.year(r) == year).count();
  }

  /** Rows whose next row of the same person is more than a year later. */
  long gaps() {
    return rows()
        .filter(r -> r + 1 < panel.start(persons[r] + 1) && panel.year(r + 1) > panel.year(r) + 1)
        .count();
  }

  /** Shares of classes 0, 1, 2. */
  double[] satisfactionShares(int year) {
    double[] shares = new double[3];
    rows().filter(r -> panel.year(r) == year && classOf(r) >= 0).forEach(r -> shares[classOf(r)]++);
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(s -> s / sum).toArray();
  }

  private double[][] transitionCounts() {
    double[][] counts = new double[3][3];
    rows()
        .forEach(
            r -> {
              int next = later(r, 1);
              if (next >= 0 && classOf(r) >= 0 && classOf(next) >= 0) {
                counts[classOf(r)][classOf(next)]++;
              }
            });
    return counts;
  }

  double[][] satisfactionTransitions() {
    double[][] counts = transitionCounts();
    for (double[] row : counts) {
      double sum = Arrays.stream(row).sum();
      for (int i = 0; i < 3; i++) {
        row[i] /= sum;
      }
    }
    return counts;
  }

  double sameClassShare() {
    double[][] counts = transitionCounts();
    double all = Arrays.stream(counts).flatMapToDouble(Arrays::stream).sum();
    return (counts[0][0] + counts[1][1] + counts[2][2]) / all;
  }

  private int[][] wagePairs(int years) {
    return rows()
        .filter(r -> wage.value(r) > 0 && later(r, years) >= 0 && wage.value(later(r, years)) > 0)
        .mapToObj(r -> new int[] {r, later(r, years)})
        .toArray(int[][]::new);
  }

  double logWageCorrelation() {
    int[][] pairs = wagePairs(1);
    return correlation(
        Arrays.stream(pairs).mapToDouble(p -> Math.log(wage.value(p[0]))).toArray(),
        Arrays.stream(pairs).mapToDouble(p -> Math.log(wage.value(p[1]))).toArray());
  }

  double wageCorrelation(int years) {
    int[][] pairs = wagePairs(years);
    return correlation(
        Arrays.stream(pairs).mapToDouble(p -> wage.value(p[0])).toArray(),
        Arrays.stream(pairs).mapToDouble(p -> wage.value(p[1])).toArray());
  }

  double repeatedWageShare() {
    int[][] pairs = wagePairs(1);
    return Arrays.stream(pairs).filter(p -> wage.value(p[0]) == wage.value(p[1])).count()
        / (double) pairs.length;
  }

  double wageQuantile(double at, int firstYear, int lastYear) {
    double[] wages =
        rows()
            .filter(r -> panel.year(r) >= firstYear && panel.year(r) <= lastYear)
            .filter(r -> wage.value(r) > 0)
            .mapToDouble(wage::value)
            .sorted()
            .toArray();
    return wages[(int) (at * wages.length)];
  }

  double meanWage(int year) {
    return meanWage(r -> panel.year(r) == year);
  }

  private double meanWage(IntPredicate rows) {
    return rows()
        .filter(rows)
        .filter(r -> wage.value(r) > 0)
        .mapToDouble(wage::value)
        .average()
        .orElseThrow();
  }

  /** Mean wage of 2022–23 by satisfaction code. */
  double meanWageOfCode(int code) {
    return meanWage(r -> panel.year(r) >= 2022 && satisfaction.value(r) == code);
  }

  /** Mean wage of 2022–23 of one code of a column to that of another. */
  double wageRatio(String column, int code, int other) {
    PanelColumn by = panel.column(column);
    return meanWage(r -> panel.year(r) >= 2022 && by.value(r) == code)
        / meanWage(r -> panel.year(r) >= 2022 && by.value(r) == other);
  }

  /** Share of a code among the present values of a column. */
  double share(String column, int code) {
    PanelColumn by = panel.column(column);
    long present = rows().filter(r -> !Float.isNaN(by.value(r))).count();
    return rows().filter(r -> by.value(r) == code).count() / (double) present;
  }

  double multiplesOf(int number) {
    long all = rows().filter(r -> wage.value(r) > 0).count();
    return rows().filter(r -> wage.value(r) > 0 && wage.value(r) % number == 0).count()
        / (double) all;
  }

  /**
   * Least squares of log wage on 1, schooling, tenure, regular, married, log hours, woman, age,
   * age², year.
   */
  double[] wageReturns() {
    double[][] rows =
        rows().mapToObj(this::regressors).filter(x -> !hasNaN(x)).toArray(double[][]::new);
    int k = rows[0].length - 1;
    double[][] system = new double[k][k + 1];
    for (double[] row : rows) {
      for (int u = 0; u < k; u++) {
        for (int v = 0; v <= k; v++) {
          system[u][v] += row[u] * row[v];
        }
      }
    }
    return solve(system);
  }

  private double[] regressors(int r) {
    double age = panel.column("age").value(r);
    return new double[] {
      1,
      panel.column("education_years").value(r),
      panel.column("tenure_years").value(r),
      panel.column("employment_type").value(r) == 1 ? 1 : 0,
      panel.column("marital_status").value(r) == 2 ? 1 : 0,
      Math.log(panel.column("weekly_hours").value(r)),
      panel.column("sex").value(r) == 2 ? 1 : 0,
      age / 10,
      age * age / 100,
      (panel.year(r) - 2000) / 10.0,
      Math.log(wage.value(r))
    };
  }

  private static boolean hasNaN(double[] values) {
    return Arrays.stream(values).anyMatch(v -> Double.isNaN(v) || Double.isInfinite(v));
  }

  /** Gaussian elimination of a positive definite system with its right side in the last column. */
  private static double[] solve(double[][] system) {
    int k = system.length;
    for (int u = 0; u < k; u++) {
      for (int v = u + 1; v < k; v++) {
        double factor = system[v][u] / system[u][u];
        for (int z = u; z <= k; z++) {
          system[v][z] -= factor * system[u][z];
        }
      }
    }
    double[] solution = new double[k];
    for (int u = k - 1; u >= 0; u--) {
      double rest = system[u][k];
      for (int v = u + 1; v < k; v++) {
        rest -= system[u][v] * solution[v];
      }
      solution[u] = rest / system[u][u];
    }
    return solution;
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
      xy += (x[i] - meanX) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
