package io.ilteo.tuner.domain.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.tuner.domain.pruner.Pruner.PruningDecision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrunersTest {
  @Test
  void medianPrunesTheWorseHalfAndNamesWhomItComparedWith() {
    PruningDecision worse = decide("median", Map.of(), 5, flat(9, 5), others(5));
    assertThat(worse.pruned()).isTrue();
    assertThat(worse.threshold()).isEqualTo(3);
    assertThat(worse.comparisonSet()).containsExactly(1, 2, 3, 4, 5);
    assertThat(decide("median", Map.of(), 5, flat(2, 5), others(5)).pruned()).isFalse();
    assertThat(decide("median", Map.of(), 2, flat(9, 2), others(5)).pruned()).isFalse();
    assertThat(decide("median", Map.of(), 5, flat(9, 5), others(4)).pruned()).isFalse();
  }

  @Test
  void percentileKeepsOnlyTheBestShare() {
    Map<String, Double> settings = Map.of("percentile", 25.0);
    assertThat(decide("percentile", settings, 5, flat(2.5, 5), others(5)).pruned()).isTrue();
    assertThat(decide("percentile", settings, 5, flat(1.5, 5), others(5)).pruned()).isFalse();
  }

  @Test
  void aTrialThatReportsOnlyNaNIsPrunedWhereOthersReport() {
    assertThat(decide("median", Map.of(), 5, flat(Double.NaN, 5), others(5)).pruned()).isTrue();
    assertThat(decide("threshold", Map.of("upper", 1.0), 5, flat(Double.NaN, 5), Map.of()).pruned())
        .isTrue();
  }

  @Test
  void halvingKeepsTheBestQuarterOfARungAndIgnoresOtherSteps() {
    Map<String, Double> settings = Map.of("min_resource", 2.0, "reduction_factor", 4.0);
    Map<Integer, Map<Long, Double>> seven = others(7);
    assertThat(decide("successive_halving", settings, 2, flat(1.5, 2), seven).pruned()).isFalse();
    assertThat(decide("successive_halving", settings, 2, flat(2.5, 2), seven).pruned()).isTrue();
    assertThat(decide("successive_halving", settings, 3, flat(99, 3), seven).pruned()).isFalse();
    assertThat(decide("successive_halving", settings, 8, flat(99, 8), others(0)).pruned())
        .isFalse();
  }

  @Test
  void hyperbandSpreadsTrialsOverItsBracketsInProportion() {
    HyperbandPruner pruner = new HyperbandPruner(1, 9, 3);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int number = 1; number <= 1_700; number++) {
      counts.merge(pruner.bracketOf(number), 1, Integer::sum);
    }
    // ⌈3·9/3⌉ : ⌈3·3/2⌉ : ⌈3·1/1⌉ = 9 : 5 : 3 of 17.
    assertThat(counts.get(0)).isCloseTo(900, within(10));
    assertThat(counts.get(1)).isCloseTo(500, within(10));
    assertThat(counts.get(2)).isCloseTo(300, within(10));
  }

  @Test
  void patientWaitsForItsOwnImprovement() {
    Map<Long, Double> curve = new TreeMap<>(Map.of(1L, 5.0, 2L, 3.0, 3L, 4.0, 4L, 4.0, 5L, 3.5));
    Map<String, Double> settings = Map.of("patience", 3.0);
    assertThat(decide("patient", settings, 4, curve, Map.of()).pruned()).isFalse();
    assertThat(decide("patient", settings, 5, curve, Map.of()).pruned()).isTrue();
  }

  @Test
  void extrapolationEndsWhoCannotBecomeTheBestAndSparesWhoMay() {
    // Ten that fall to half of where they began, at the same pace.
    Map<Integer, Map<Long, Double>> others = new TreeMap<>();
    for (int i = 1; i <= 10; i++) {
      others.put(i, falling(2 + 0.1 * i, 0.25, 24));
    }
    // Neither is the best at step 4; to the second little more than usual would have to happen.
    PruningDecision hopeless = decide("extrapolation", Map.of(), 4, falling(6, 0.25, 4), others);
    PruningDecision promising =
        decide("extrapolation", Map.of(), 4, falling(2.15, 0.25, 4), others);
    assertThat(hopeless.pruned()).isTrue();
    assertThat(hopeless.threshold()).isEqualTo(Curves.best(24, falling(2.1, 0.25, 24)));
    assertThat(hopeless.comparisonSet()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(promising.pruned()).isFalse();
    assertThat(promising.value()).isLessThan(promising.threshold());
  }

  @Test
  void extrapolationWaitsUntilOthersHaveGoneFurther() {
    Map<Integer, Map<Long, Double>> one = Map.of(1, falling(1, 0.25, 24));
    Map<Integer, Map<Long, Double>> two = Map.of(1, falling(1, 0.25, 24), 2, falling(1, 0.25, 4));
    Map<Integer, Map<Long, Double>> beyond =
        Map.of(1, falling(1, 0.25, 24), 2, falling(1, 0.25, 5));
    assertThat(decide("extrapolation", Map.of(), 4, falling(9, 0, 4), one).pruned()).isFalse();
    assertThat(decide("extrapolation", Map.of(), 4, falling(9, 0, 4), two).pruned()).isFalse();
    assertThat(decide("extrapolation", Map.of(), 4, falling(9, 0, 4), beyond).pruned()).isTrue();
    assertThat(decide("extrapolation", Map.of(), 2, falling(9, 0, 2), beyond).pruned()).isFalse();
    assertThat(decide("extrapolation", Map.of(), 4, flat(Double.NaN, 4), beyond).pruned()).isTrue();
  }

  @Test
  void wilcoxonMatchesTheTable() {
    // All of 5 differences positive: 1/32. Signs + + + + −, the least negative: W⁺ = 14: 2/32.
    assertThat(WilcoxonPruner.pValueOfWorse(List.of(1.0, 2.0, 3.0, 4.0, 5.0)))
        .isCloseTo(1 / 32.0, within(1e-12));
    assertThat(WilcoxonPruner.pValueOfWorse(List.of(-1.0, 2.0, 3.0, 4.0, 5.0)))
        .isCloseTo(2 / 32.0, within(1e-12));
    assertThat(decide("wilcoxon", Map.of(), 5, rising(9, 5), Map.of(1, rising(1, 5))).pruned())
        .isTrue();
    assertThat(decide("wilcoxon", Map.of(), 5, rising(1, 5), Map.of(1, rising(9, 5))).pruned())
        .isFalse();
  }

  @Test
  void whoIsOnTheFrontOfTwoObjectivesOutlivesWhoIsNot() {
    Map<Integer, Map<Long, double[]>> curves = new TreeMap<>();
    for (int i = 1; i <= 6; i++) {
      curves.put(i, Map.of(5L, new double[] {i, 7 - i}));
    }
    curves.put(7, Map.of(5L, new double[] {6.5, 6.5}));
    Map<Integer, Map<Long, Double>> ranks = ParetoCurves.of(curves);
    Map<Integer, Map<Long, Double>> others = new TreeMap<>(ranks);
    Map<Long, Double> own = Objects.requireNonNull(others.remove(7));
    assertThat(own).containsEntry(5L, 1.0);
    assertThat(decide("median", Map.of(), 5, own, others).pruned()).isTrue();
  }

  @Test
  void unknownNamesAndValuesSayWhatIsAccepted() {
    assertThatThrownBy(() -> Pruners.named("medien", Map.of()))
        .hasMessageContaining("medien")
        .hasMessageContaining("median");
    assertThatThrownBy(() -> Pruners.named("percentile", Map.of("percentile", 101.0)))
        .hasMessageContaining("101")
        .hasMessageContaining("0.0 to 100.0");
    assertThat(Pruners.named("", Map.of())).isEmpty();
  }

  private static PruningDecision decide(
      String name,
      Map<String, Double> settings,
      long step,
      Map<Long, Double> losses,
      Map<Integer, Map<Long, Double>> others) {
    return Pruners.named(name, settings).orElseThrow().decide(99, step, losses, others);
  }

  private static Map<Long, Double> flat(double value, long steps) {
    Map<Long, Double> curve = new TreeMap<>();
    for (long step = 1; step <= steps; step++) {
      curve.put(step, value);
    }
    return curve;
  }

  /** start·(1 + e^(−rate·step))/2. */
  private static Map<Long, Double> falling(double start, double rate, long steps) {
    Map<Long, Double> curve = new TreeMap<>();
    for (long step = 1; step <= steps; step++) {
      curve.put(step, start * (1 + Math.exp(-rate * step)) / 2);
    }
    return curve;
  }

  private static Map<Long, Double> rising(double level, long steps) {
    Map<Long, Double> curve = new TreeMap<>();
    for (long step = 1; step <= steps; step++) {
      curve.put(step, level + step * level / 10);
    }
    return curve;
  }

  /** Trials 1 … n with constant losses 1 … n over 10 steps. */
  private static Map<Integer, Map<Long, Double>> others(int n) {
    Map<Integer, Map<Long, Double>> others = new TreeMap<>();
    for (int i = 1; i <= n; i++) {
      others.put(i, flat(i, 10));
    }
    return others;
  }
}
