package io.ilteo.modelkit.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassReadingTest {
  private static final int CLASSES = 3;

  /**
   * Classes drawn from known probabilities, and those probabilities made too sure of themselves.
   */
  private record Sample(int[] observed, double[][] truth, double[][] overconfident) {
    static Sample of(int size, long seed) {
      Random random = new Random(seed);
      int[] observed = new int[size];
      double[][] truth = new double[size][];
      double[][] overconfident = new double[size][];
      for (int i = 0; i < size; i++) {
        double[] logits = {
          random.nextGaussian() - 1.5, random.nextGaussian() + 0.5, random.nextGaussian()
        };
        truth[i] = softmax(logits, 1);
        overconfident[i] = softmax(logits, 2.5);
        double u = random.nextDouble();
        observed[i] = u < truth[i][0] ? 0 : u < truth[i][0] + truth[i][1] ? 1 : 2;
      }
      return new Sample(observed, truth, overconfident);
    }

    /** Probabilities of an ordinal logit, as of people who are seldom dissatisfied. */
    static Sample ordered(int size, long seed) {
      Random random = new Random(seed);
      int[] observed = new int[size];
      double[][] truth = new double[size][];
      for (int i = 0; i < size; i++) {
        double location = 1.5 * random.nextGaussian();
        double low = 1 / (1 + Math.exp(location + 3));
        double middle = 1 / (1 + Math.exp(location - 1.2)) - low;
        truth[i] = new double[] {low, middle, 1 - low - middle};
        double u = random.nextDouble();
        observed[i] = u < low ? 0 : u < low + middle ? 1 : 2;
      }
      return new Sample(observed, truth, truth);
    }

    private static double[] softmax(double[] logits, double sharpness) {
      double[] p = Arrays.stream(logits).map(z -> Math.exp(sharpness * z)).toArray();
      double sum = Arrays.stream(p).sum();
      return Arrays.stream(p).map(each -> each / sum).toArray();
    }
  }

  private static final Sample VALIDATION = Sample.of(8_000, 1);
  private static final Sample TEST = Sample.of(8_000, 2);

  @Test
  void temperatureUndoesOverconfidence() {
    Calibration calibration =
        Calibration.fit(
            Calibration.Kind.TEMPERATURE, VALIDATION.observed(), VALIDATION.overconfident());
    assertThat(calibration.scales().getFirst()).isCloseTo(1 / 2.5, within(0.03));
    for (int i = 0; i < 100; i++) {
      double[] calibrated = calibration.apply(TEST.overconfident()[i]);
      for (int c = 0; c < CLASSES; c++) {
        assertThat(calibrated[c]).isCloseTo(TEST.truth()[i][c], within(0.03));
      }
    }
  }

  @Test
  void vectorScalingAlsoUndoesABiasTowardsAClass() {
    double[][] biased =
        Arrays.stream(VALIDATION.overconfident())
            .map(
                p -> {
                  double[] q = {p[0] * 0.2, p[1], p[2]};
                  double sum = Arrays.stream(q).sum();
                  return Arrays.stream(q).map(each -> each / sum).toArray();
                })
            .toArray(double[][]::new);
    Calibration vector = Calibration.fit(Calibration.Kind.VECTOR, VALIDATION.observed(), biased);
    Calibration temperature =
        Calibration.fit(Calibration.Kind.TEMPERATURE, VALIDATION.observed(), biased);
    assertThat(logLoss(vector, biased)).isLessThan(logLoss(temperature, biased) - 0.005);
    double[] mean = new double[CLASSES];
    for (double[] p : biased) {
      double[] q = vector.apply(p);
      for (int c = 0; c < CLASSES; c++) {
        mean[c] += q[c] / biased.length;
      }
    }
    double share =
        Arrays.stream(VALIDATION.observed()).filter(c -> c == 0).count()
            / (double) VALIDATION.observed().length;
    assertThat(mean[0]).isCloseTo(share, within(0.005));
  }

  private static double logLoss(Calibration calibration, double[][] probabilities) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum -= Math.log(calibration.apply(probabilities[i])[VALIDATION.observed()[i]]);
    }
    return sum / probabilities.length;
  }

  @Test
  void recallRuleFindsItsShareAtTheLeastCost() {
    DecisionRule rule =
        new DecisionGoal.Recall(0.5).learn(VALIDATION.observed(), VALIDATION.truth());
    assertThat(recall(rule, VALIDATION)).isBetween(0.5, 0.505);
    assertThat(recall(rule, TEST)).isCloseTo(0.5, within(0.05));
    DecisionRule argmax = DecisionRule.argmax(CLASSES);
    assertThat(recall(argmax, TEST)).isLessThan(0.2);
    assertThat(accuracy(argmax, TEST)).isGreaterThan(accuracy(rule, TEST));
    // What argmax finds anyway costs nothing.
    assertThat(new DecisionGoal.Recall(0.01).learn(VALIDATION.observed(), VALIDATION.truth()))
        .isEqualTo(argmax);
  }

  private static double recall(DecisionRule rule, Sample sample) {
    int found = 0;
    int all = 0;
    for (int i = 0; i < sample.observed().length; i++) {
      if (sample.observed()[i] == 0) {
        all++;
        found += rule.decide(sample.truth()[i]) == 0 ? 1 : 0;
      }
    }
    return found / (double) all;
  }

  private static double accuracy(DecisionRule rule, Sample sample) {
    return IntStream.range(0, sample.observed().length)
            .filter(i -> rule.decide(sample.truth()[i]) == sample.observed()[i])
            .count()
        / (double) sample.observed().length;
  }

  @Test
  void thresholdsOfMostKappaBeatEveryOtherRuleOnFreshRows() {
    DecisionRule thresholds =
        new DecisionGoal.Kappa(1).learn(VALIDATION.observed(), VALIDATION.truth());
    double kappa = kappa(thresholds, TEST);
    assertThat(kappa).isGreaterThan(kappa(DecisionRule.argmax(CLASSES), TEST) + 0.01);
    assertThat(kappa).isGreaterThan(kappa(new DecisionRule.Median(), TEST) + 0.01);
    assertThat(kappa).isGreaterThan(kappa(new DecisionRule.Thresholds(List.of(0.5, 1.5)), TEST));
    // On the rows that taught it, no thresholds of a fine grid are better.
    double most = 0;
    for (double low = 0.1; low < 1.9; low += 0.02) {
      for (double high = low; high < 1.9; high += 0.02) {
        DecisionRule other = new DecisionRule.Thresholds(List.of(low, high));
        most = Math.max(most, kappa(other, VALIDATION));
      }
    }
    assertThat(kappa(thresholds, VALIDATION)).isGreaterThan(most - 0.002);
  }

  @Test
  void littleAccuracyBuysMuchKappa() {
    Sample validation = Sample.ordered(8_000, 1);
    Sample test = Sample.ordered(8_000, 2);
    DecisionRule argmax = DecisionRule.argmax(CLASSES);
    double before = 0;
    for (double cost : new double[] {0, 0.005, 0.01, 0.03, 1}) {
      DecisionRule rule =
          new DecisionGoal.Kappa(cost).learn(validation.observed(), validation.truth());
      assertThat(accuracy(argmax, validation) - accuracy(rule, validation))
          .as("accuracy lost of %s", cost)
          .isLessThan(cost + 0.002);
      assertThat(kappa(rule, validation)).as("kappa for %s", cost).isGreaterThanOrEqualTo(before);
      before = kappa(rule, validation);
    }
    DecisionRule some =
        new DecisionGoal.Kappa(0.01).learn(validation.observed(), validation.truth());
    DecisionRule most = new DecisionGoal.Kappa(1).learn(validation.observed(), validation.truth());
    double plain = kappa(argmax, test);
    assertThat(accuracy(some, test)).isGreaterThan(accuracy(argmax, test) - 0.02);
    assertThat(kappa(some, test) - plain).isGreaterThan((kappa(most, test) - plain) / 3);
  }

  private static double kappa(DecisionRule rule, Sample sample) {
    int[] decided = Arrays.stream(sample.truth()).mapToInt(rule::decide).toArray();
    return ClassMetrics.of(sample.observed(), sample.truth(), decided)
        .getOrDefault("qwk", Double.NaN);
  }

  @Test
  void thresholdsLearnFromFewRowsAndFromOneClassAlone() {
    double[][] alike = {{0.2, 0.5, 0.3}, {0.2, 0.5, 0.3}, {0.2, 0.5, 0.3}};
    for (int[] observed : new int[][] {{0, 0, 0}, {1, 1, 1}, {2, 2, 2}, {0, 1, 2}}) {
      DecisionRule rule = new DecisionGoal.Kappa(1).learn(observed, alike);
      assertThat(rule.decide(alike[0])).isBetween(0, 2);
    }
    assertThat(new DecisionRule.Thresholds(List.of(1.0, 1.2)).decide(new double[] {0, 1, 0}))
        .isEqualTo(1);
  }

  @Test
  void medianIsTheClassAtWhichHalfIsReached() {
    DecisionRule median = new DecisionRule.Median();
    assertThat(median.decide(new double[] {0.45, 0.1, 0.45})).isEqualTo(1);
    assertThat(median.decide(new double[] {0.5, 0.1, 0.4})).isZero();
    assertThat(median.decide(new double[] {0.2, 0.2, 0.6})).isEqualTo(2);
  }

  @Test
  void calibratedRowsCoverAndMeanWhatTheySay() {
    ClassReading.Choice choice =
        new ClassReading.Choice(Calibration.Kind.TEMPERATURE, new DecisionGoal.Recall(0.4));
    ScoredClasses validation = scored(VALIDATION, choice);
    ScoredClasses raw = scored(TEST, choice);
    Map<String, Double> before = raw.metrics();
    Map<String, Double> after = raw.calibrated(validation).metrics();
    assertThat(before.get("ece")).isGreaterThan(0.1);
    assertThat(after.get("ece")).isLessThan(0.03);
    assertThat(after.get("log_loss")).isLessThan(before.get("log_loss"));
    assertThat(after.get("rps")).isLessThan(before.get("rps"));
    assertThat(after.get("coverage_90")).isCloseTo(0.9, within(0.02));
    assertThat(after.get("set_size_90")).isBetween(1.0, 3.0);
    assertThat(after.get("recall_0")).isCloseTo(0.4, within(0.05));
    assertThat(raw.select(new int[] {3, 3, 5}).calibrated(validation).sets()).hasNumberOfRows(3);
  }

  private static ScoredClasses scored(Sample sample, ClassReading.Choice choice) {
    return ScoredClasses.of(
        IntStream.range(0, sample.observed().length).toArray(),
        sample.observed(),
        sample.overconfident(),
        List.of("low", "middle", "high"),
        List.of(),
        choice);
  }

  @Test
  void figuresFollowWhatWasDecidedNotOnlyWhatIsLikeliest() {
    int[] observed = {0, 0, 1, 2};
    double[][] p = {{0.4, 0.6, 0}, {0.7, 0.2, 0.1}, {0.1, 0.8, 0.1}, {0, 0.6, 0.4}};
    Map<String, Double> likeliest = ClassMetrics.of(observed, p, new int[] {1, 0, 1, 1});
    Map<String, Double> decided = ClassMetrics.of(observed, p, new int[] {0, 0, 1, 2});
    assertThat(likeliest).containsEntry("accuracy", 0.5).containsEntry("recall_0", 0.5);
    assertThat(decided).containsEntry("accuracy", 1.0).containsEntry("precision_0", 1.0);
    assertThat(decided.get("log_loss")).isEqualTo(likeliest.get("log_loss"));
    // Σ over thresholds of squared gaps of the cumulative distribution, over k − 1, by hand.
    double rps = (0.36 + 0 + (0.09 + 0.01) + (0.01 + 0.01) + (0 + 0.36)) / 2 / 4;
    assertThat(decided.get("rps")).isCloseTo(rps, within(1e-12));
  }
}
