package io.ilteo.tuner.domain.pareto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Pareto dominance with constraints (Deb et al. 2002, sections III.A, III.B and VI). */
public final class Dominance {
  private Dominance() {}

  /** A point: losses (m), minimised, and its constraint violation, 0 if feasible. */
  public record Point(double[] losses, double violation) {}

  /** Whether a is feasible and b is not, or less infeasible, or no worse and somewhere better. */
  public static boolean dominates(Point a, Point b) {
    if (a.violation > 0 || b.violation > 0) {
      return a.violation < b.violation;
    }
    boolean better = false;
    for (int m = 0; m < a.losses.length; m++) {
      if (a.losses[m] > b.losses[m]) {
        return false;
      }
      better |= a.losses[m] < b.losses[m];
    }
    return better;
  }

  /**
   * Fronts, best first, until they hold at least {@code enough} points; each a list of indexes in
   * increasing order. O(n · front) a front: what dominates a point sorts before it.
   */
  public static List<List<Integer>> fronts(List<Point> points, int enough) {
    Integer[] order = new Integer[points.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparing(points::get, Dominance::lexicographic));
    List<Integer> rest = Arrays.asList(order);
    List<List<Integer>> fronts = new ArrayList<>();
    for (int held = 0; held < enough && !rest.isEmpty(); held += fronts.getLast().size()) {
      List<Integer> front = new ArrayList<>();
      List<Integer> later = new ArrayList<>();
      for (int candidate : rest) {
        // Equal points stand side by side, and whole studies can be equal points.
        boolean dominated =
            (front.isEmpty() || !equal(points.get(front.getLast()), points.get(candidate)))
                && front.stream().anyMatch(f -> dominates(points.get(f), points.get(candidate)));
        (dominated ? later : front).add(candidate);
      }
      front.sort(null);
      fronts.add(front);
      rest = later;
    }
    return fronts;
  }

  /**
   * Crowding distance of each member of a front (Deb et al. 2002, section III.B): the sum over
   * objectives of the normalised gap between its neighbours, infinite at the ends.
   */
  public static double[] crowding(List<Point> points, List<Integer> front) {
    int size = front.size();
    double[] distance = new double[size];
    for (int m = 0; m < points.get(front.getFirst()).losses.length; m++) {
      int objective = m;
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(
          order, Comparator.comparingDouble(i -> points.get(front.get(i)).losses[objective]));
      double low = points.get(front.get(order[0])).losses[m];
      double high = points.get(front.get(order[size - 1])).losses[m];
      distance[order[0]] = Double.POSITIVE_INFINITY;
      distance[order[size - 1]] = Double.POSITIVE_INFINITY;
      for (int i = 1; i + 1 < size && high > low; i++) {
        double gap =
            points.get(front.get(order[i + 1])).losses[m]
                - points.get(front.get(order[i - 1])).losses[m];
        distance[order[i]] += gap / (high - low);
      }
    }
    return distance;
  }

  /** Indexes of the best {@code count}: whole fronts, the last by falling crowding distance. */
  public static List<Integer> best(List<Point> points, int count) {
    List<Integer> best = new ArrayList<>();
    for (List<Integer> front : fronts(points, count)) {
      if (best.size() + front.size() <= count) {
        best.addAll(front);
        continue;
      }
      double[] crowding = crowding(points, front);
      Integer[] order = new Integer[front.size()];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -crowding[i]));
      for (int i = 0; best.size() < count; i++) {
        best.add(front.get(order[i]));
      }
    }
    return best;
  }

  private static boolean equal(Point a, Point b) {
    return lexicographic(a, b) == 0;
  }

  private static int lexicographic(Point a, Point b) {
    int byViolation = Double.compare(a.violation, b.violation);
    return byViolation != 0 ? byViolation : Arrays.compare(a.losses, b.losses);
  }
}
