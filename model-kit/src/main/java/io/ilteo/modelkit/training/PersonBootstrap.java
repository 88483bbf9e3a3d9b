package io.ilteo.modelkit.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Percentile intervals by resampling persons, not rows: the years of one person are not independent
 * (cluster bootstrap, Cameron, Gelbach and Miller 2008).
 */
public final class PersonBootstrap {
  private static final double TAIL = 0.025;

  // [persons][rows of the person]
  private final int[][] rows;
  private final int replicates;
  private final long seed;

  /**
   * Resamples {@code size} rows.
   *
   * @param person person of each row
   */
  public PersonBootstrap(int size, IntFunction<String> person, int replicates, long seed) {
    Map<String, List<Integer>> byPerson = new LinkedHashMap<>();
    for (int row = 0; row < size; row++) {
      byPerson.computeIfAbsent(person.apply(row), name -> new ArrayList<>()).add(row);
    }
    this.rows =
        byPerson.values().stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    this.replicates = replicates;
    this.seed = seed;
  }

  /** Number of different persons. */
  public int persons() {
    return rows.length;
  }

  /**
   * 95 % intervals of every metric of {@code first} and {@code others}, and of the differences
   * first − other, all over the same draws. Every element must have the same rows.
   */
  public Intervals intervals(Scored first, List<? extends Scored> others) {
    Draws own = new Draws(replicates);
    List<Draws> theirs = others.stream().map(other -> new Draws(replicates)).toList();
    List<Draws> differences = others.stream().map(other -> new Draws(replicates)).toList();
    SplittableRandom random = new SplittableRandom(seed);
    for (int draw = 0; draw < replicates; draw++) {
      int[] drawn = draw(random);
      Map<String, Double> metrics = first.select(drawn).metrics();
      own.add(draw, metrics);
      for (int other = 0; other < others.size(); other++) {
        Map<String, Double> compared = others.get(other).select(drawn).metrics();
        theirs.get(other).add(draw, compared);
        differences.get(other).add(draw, minus(metrics, compared));
      }
    }
    return new Intervals(
        own.intervals(),
        theirs.stream().map(Draws::intervals).toList(),
        differences.stream().map(Draws::intervals).toList());
  }

  private int[] draw(SplittableRandom random) {
    int[][] persons = new int[rows.length][];
    int size = 0;
    for (int i = 0; i < persons.length; i++) {
      persons[i] = rows[random.nextInt(rows.length)];
      size += persons[i].length;
    }
    int[] drawn = new int[size];
    int at = 0;
    for (int[] person : persons) {
      System.arraycopy(person, 0, drawn, at, person.length);
      at += person.length;
    }
    return drawn;
  }

  /** Metric by metric, a − b, for the metrics that both have. */
  public static Map<String, Double> minus(Map<String, Double> a, Map<String, Double> b) {
    Map<String, Double> difference = new TreeMap<>();
    a.forEach(
        (name, value) -> {
          Double other = b.get(name);
          if (other != null) {
            difference.put(name, value - other);
          }
        });
    return difference;
  }

  /** A 95 % interval. */
  public record Interval(double lower, double upper) {}

  /**
   * Intervals by metric; {@code others} and {@code differences} stand in the order of the others.
   */
  public record Intervals(
      Map<String, Interval> first,
      List<Map<String, Interval>> others,
      List<Map<String, Interval>> differences) {}

  /** Values of each metric over the draws; a draw where a metric is not finite is left out. */
  private static final class Draws {
    private final Map<String, double[]> values = new TreeMap<>();
    private final int replicates;

    Draws(int replicates) {
      this.replicates = replicates;
    }

    void add(int draw, Map<String, Double> metrics) {
      metrics.forEach(
          (name, value) ->
              values.computeIfAbsent(name, unseen -> allNaN(replicates))[draw] = value);
    }

    private static double[] allNaN(int size) {
      double[] values = new double[size];
      Arrays.fill(values, Double.NaN);
      return values;
    }

    Map<String, Interval> intervals() {
      Map<String, Interval> intervals = new TreeMap<>();
      values.forEach(
          (name, all) -> {
            double[] sorted = Arrays.stream(all).filter(Double::isFinite).sorted().toArray();
            if (sorted.length > 0) {
              intervals.put(name, new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL)));
            }
          });
      return intervals;
    }

    private static double quantile(double[] sorted, double level) {
      double at = level * (sorted.length - 1);
      int below = (int) at;
      int above = Math.min(sorted.length - 1, below + 1);
      return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
  }
}
