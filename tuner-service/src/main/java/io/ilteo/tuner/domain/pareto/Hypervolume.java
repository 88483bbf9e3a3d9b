package io.ilteo.tuner.domain.pareto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Volume of what points dominate up to a reference (Zitzler and Thiele 1998): sweep in two
 * objectives, slicing along the last in more (While et al. 2006).
 */
public final class Hypervolume {
  private Hypervolume() {}

  /** Of losses (n×m) against a reference (m); points not below it everywhere add nothing. */
  public static double of(List<double[]> losses, double[] reference) {
    List<double[]> inside = new ArrayList<>();
    for (double[] point : losses) {
      boolean below = true;
      for (int m = 0; m < reference.length; m++) {
        below &= point[m] < reference[m];
      }
      if (below) {
        inside.add(point);
      }
    }
    return volume(inside, reference, reference.length);
  }

  private static double volume(List<double[]> points, double[] reference, int objectives) {
    if (points.isEmpty()) {
      return 0;
    }
    int last = objectives - 1;
    if (last == 0) {
      return reference[0] - points.stream().mapToDouble(p -> p[0]).min().orElseThrow();
    }
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(p -> p[last]));
    double volume = 0;
    for (int i = 0; i < sorted.size(); i++) {
      double top = i + 1 < sorted.size() ? sorted.get(i + 1)[last] : reference[last];
      double depth = top - sorted.get(i)[last];
      if (depth > 0) {
        volume += depth * volume(sorted.subList(0, i + 1), reference, last);
      }
    }
    return volume;
  }

  /** A reference a tenth of the range beyond the worst of the points, in each objective. */
  public static double[] reference(List<double[]> losses) {
    double[] low = losses.getFirst().clone();
    double[] high = low.clone();
    for (double[] point : losses) {
      Arrays.setAll(low, m -> Math.min(low[m], point[m]));
      Arrays.setAll(high, m -> Math.max(high[m], point[m]));
    }
    double[] reference = new double[low.length];
    Arrays.setAll(reference, m -> high[m] + (high[m] > low[m] ? 0.1 * (high[m] - low[m]) : 1e-9));
    return reference;
  }
}
