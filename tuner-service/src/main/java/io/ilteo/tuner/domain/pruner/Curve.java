package io.ilteo.tuner.domain.pruner;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values of a metric by step, in two arrays: a study of 100,000 trials has millions of points, and
 * each as objects of a map would take five times the memory. Immutable.
 */
public final class Curve extends AbstractMap<Long, Double> {
  private final long[] steps;
  private final double[] values;

  private Curve(long[] steps, double[] values) {
    this.steps = steps;
    this.values = values;
  }

  /** The first {@code count} of the points; steps increase. */
  public static Curve of(long[] steps, double[] values, int count) {
    return new Curve(Arrays.copyOf(steps, count), Arrays.copyOf(values, count));
  }

  /** The same steps with the sign of their values turned. */
  public Curve negated() {
    double[] turned = new double[values.length];
    Arrays.setAll(turned, i -> -values[i]);
    return new Curve(steps, turned);
  }

  /** Least finite value up to {@code step}; +∞ without one. */
  double leastUpTo(long step) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < steps.length && steps[i] <= step; i++) {
      least = Double.isFinite(values[i]) ? Math.min(least, values[i]) : least;
    }
    return least;
  }

  @Override
  public int size() {
    return steps.length;
  }

  @Override
  public boolean containsKey(@Nullable Object step) {
    return step instanceof Long wanted && Arrays.binarySearch(steps, wanted) >= 0;
  }

  @Override
  public @Nullable Double get(@Nullable Object step) {
    int place = step instanceof Long wanted ? Arrays.binarySearch(steps, wanted) : -1;
    return place < 0 ? null : values[place];
  }

  @Override
  public Set<Entry<Long, Double>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return steps.length;
      }

      @Override
      public Iterator<Entry<Long, Double>> iterator() {
        return IntStream.range(0, steps.length)
            .mapToObj(i -> Map.entry(steps[i], values[i]))
            .iterator();
      }
    };
  }
}
