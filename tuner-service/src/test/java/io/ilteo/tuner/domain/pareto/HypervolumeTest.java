package io.ilteo.tuner.domain.pareto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ilteo.tuner.domain.pareto.Dominance.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypervolumeTest {
  @Test
  void knownStaircase() {
    List<double[]> points = List.of(new double[] {1, 3}, new double[] {2, 2}, new double[] {3, 1});
    assertThat(Hypervolume.of(points, new double[] {4, 4})).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void agreesWithCountingRandomPoints(int objectives) {
    Random random = new Random(objectives);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      points.add(random.doubles(objectives).toArray());
    }
    double[] reference = new double[objectives];
    Arrays.fill(reference, 1);
    int n = 60_000;
    int dominated = 0;
    for (int i = 0; i < n; i++) {
      Point probe = new Point(random.doubles(objectives).toArray(), 0);
      dominated +=
          points.stream().anyMatch(p -> Dominance.dominates(new Point(p, 0), probe)) ? 1 : 0;
    }
    assertThat(Hypervolume.of(points, reference)).isCloseTo(dominated / (double) n, within(0.01));
  }

  @Test
  void frontsAgreeWithTheDefinition() {
    Random random = new Random(3);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      points.add(new Point(random.doubles(2).toArray(), i % 4 == 0 ? random.nextDouble() : 0));
    }
    List<Integer> first = Dominance.fronts(points, 1).getFirst();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      boolean free = points.stream().noneMatch(other -> Dominance.dominates(other, point));
      assertThat(first.contains(i)).isEqualTo(free);
    }
    assertThat(Dominance.best(points, 20)).hasSize(20).doesNotHaveDuplicates();
  }
}
