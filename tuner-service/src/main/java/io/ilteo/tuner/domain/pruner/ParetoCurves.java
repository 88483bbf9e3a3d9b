package io.ilteo.tuner.domain.pruner;

import io.ilteo.tuner.domain.pareto.Dominance;
import io.ilteo.tuner.domain.pareto.Dominance.Point;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one curve of several objectives, so that every pruner works with them: at a step, a trial's
 * loss is its rank among all that reported there, by Pareto front, then by crowding within it,
 * divided by their count. A trial that nobody dominates is thus never among the worst.
 */
public final class ParetoCurves {
  private ParetoCurves() {}

  /**
   * Ranks in (0, 1] by trial and step.
   *
   * @param curves losses by trial number and step, one for each objective; a step that lacks a
   *     finite one is left out
   */
  public static Map<Integer, Map<Long, Double>> of(Map<Integer, Map<Long, double[]>> curves) {
    Map<Long, Map<Integer, Point>> byStep = new TreeMap<>();
    Map<Integer, Map<Long, Double>> ranks = new TreeMap<>();
    curves.forEach(
        (number, curve) -> {
          ranks.put(number, new TreeMap<>());
          curve.forEach(
              (step, losses) -> {
                if (Arrays.stream(losses).allMatch(Double::isFinite)) {
                  byStep
                      .computeIfAbsent(step, s -> new TreeMap<>())
                      .put(number, new Point(losses, 0));
                }
              });
        });
    byStep.forEach(
        (step, points) -> {
          List<Integer> numbers = List.copyOf(points.keySet());
          rank(List.copyOf(points.values()))
              .forEach(
                  (i, rank) ->
                      ranks.computeIfAbsent(numbers.get(i), n -> new TreeMap<>()).put(step, rank));
        });
    return ranks;
  }

  private static Map<Integer, Double> rank(List<Point> points) {
    Map<Integer, Double> ranks = new TreeMap<>();
    int before = 0;
    for (List<Integer> front : Dominance.fronts(points, points.size())) {
      double[] crowding = Dominance.crowding(points, front);
      for (int i = 0; i < front.size(); i++) {
        int better = 0;
        for (double other : crowding) {
          better += other > crowding[i] ? 1 : 0;
        }
        ranks.put(front.get(i), (before + better + 1.0) / points.size());
      }
      before += front.size();
    }
    return ranks;
  }
}
