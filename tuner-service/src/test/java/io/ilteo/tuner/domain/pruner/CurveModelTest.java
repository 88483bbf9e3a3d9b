package io.ilteo.tuner.domain.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CurveModelTest {
  private static final int STEPS = 24;

  @Test
  void milestonesGrowByHalvesAndThirds() {
    long[] steps = new long[11];
    for (int k = 0; k < steps.length; k++) {
      steps[k] = Milestones.step(k);
    }
    assertThat(steps).containsExactly(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48);
    TreeMap<Long, Double> curve =
        new TreeMap<>(java.util.Map.of(1L, 5.0, 2L, Double.NaN, 3L, 4.0, 4L, 4.5, 7L, 2.0));
    assertThat(Milestones.of(curve, 7)).containsExactly(5, 5, 4, 4, 4);
  }

  @Test
  void withOneCurveAnotherFallsByAsMuch() {
    CurveModel model = CurveModel.of(List.of(new double[] {5, 4, 3.5, 3.25}));
    CurveModel.End end = model.end(new double[] {9}, 1, 9);
    assertThat(end.loss()).isEqualTo(9 - 1 - 0.5 - 0.25, within(1e-12));
    // It is one curve: off by as much as it changed at all.
    assertThat(end.deviation()).isGreaterThan(0.7);
  }

  @Test
  void halfWayToAMilestoneHalfOfTheFallIsLeft() {
    // Between the steps 4 and 6.
    CurveModel model = CurveModel.of(List.of(new double[] {4, 4, 4, 4, 2}));
    assertThat(model.end(new double[] {6, 6, 6, 6}, 5, 6).loss()).isEqualTo(5, within(1e-12));
  }

  @Test
  void endsLieWithinTwoDeviationsAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(3);
    List<double[]> curves = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      curves.add(milestones(random, STEPS));
    }
    CurveModel model = CurveModel.of(curves);
    int last = Milestones.of(new TreeMap<>(), STEPS).length - 1;
    int within = 0;
    double squares = 0;
    double naive = 0;
    for (int i = 0; i < 500; i++) {
      double[] whole = milestones(random, STEPS);
      double[] begun = java.util.Arrays.copyOf(whole, 4);
      CurveModel.End end = model.end(begun, Milestones.step(3), begun[3]);
      within += Math.abs(whole[last] - end.loss()) <= 2 * end.deviation() ? 1 : 0;
      squares += Math.pow(whole[last] - end.loss(), 2);
      naive += Math.pow(whole[last] - begun[3], 2);
    }
    assertThat(within).as("of 500").isBetween(450, 500);
    // What it expects is nearer than where the curve stands, by far.
    assertThat(squares).isLessThan(naive / 10);
  }

  @Test
  void aDivergedTrialDoesNotDrawTheLine() {
    List<double[]> curves = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      curves.add(new double[] {5 + i * 0.1, 4 + i * 0.1});
    }
    double expected = CurveModel.of(curves).end(new double[] {5}, 1, 5).loss();
    curves.add(new double[] {1e6, 10});
    assertThat(CurveModel.of(curves).end(new double[] {5}, 1, 5).loss())
        .isEqualTo(expected, within(1e-9));
  }

  /** An exponential to a random end, from a random start, at a random pace, and a little noise. */
  private static double[] milestones(SplittableRandom random, int steps) {
    double end = random.nextDouble();
    double start = 2 + random.nextDouble();
    double pace = 0.1 + 0.3 * random.nextDouble();
    TreeMap<Long, Double> curve = new TreeMap<>();
    for (long step = 1; step <= steps; step++) {
      curve.put(step, end + (start - end) * Math.exp(-pace * step) + 0.01 * random.nextGaussian());
    }
    return Milestones.of(curve, steps);
  }
}
