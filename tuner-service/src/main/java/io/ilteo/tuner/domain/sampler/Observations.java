package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.Arrays;

/**
 * Everything that was tried, as unit-cube coordinates: finished trials by their index, then
 * configurations that are running.
 */
final class Observations {
  private final EncodedHistory finished;
  private final double[][] running;

  private Observations(EncodedHistory finished, double[][] running) {
    this.finished = finished;
    this.running = running;
  }

  static Observations of(SearchSpace space, History history, EncodedHistory.Cache cache) {
    double[][] running =
        history.running().stream()
            .map(configuration -> EncodedHistory.encode(space, configuration))
            .toArray(double[][]::new);
    return new Observations(cache.of(space, history.finished()), running);
  }

  int size() {
    return finished.size() + running.length;
  }

  /** Coordinate of a parameter in an observation; NaN if it does not exist there. */
  double at(int parameter, int observation) {
    int later = observation - finished.size();
    return later < 0 ? finished.column(parameter)[observation] : running[later][parameter];
  }

  /** Those of {@code observations} in which {@code parameter} exists. */
  int[] existing(int[] observations, int parameter) {
    return Arrays.stream(observations).filter(i -> !Double.isNaN(at(parameter, i))).toArray();
  }

  /** All observations in which {@code parameter} exists, but {@code excluded}, in order. */
  int[] without(int[] excluded, int parameter) {
    boolean[] skip = new boolean[size()];
    for (int i : excluded) {
      skip[i] = true;
    }
    int[] rest = new int[size()];
    int n = 0;
    for (int i = 0; i < rest.length; i++) {
      if (!skip[i] && !Double.isNaN(at(parameter, i))) {
        rest[n++] = i;
      }
    }
    return Arrays.copyOf(rest, n);
  }

  /** Coordinates of the given observations, one column for each parameter of {@code group}. */
  double[][] columns(int[] group, int[] observations) {
    double[][] columns = new double[group.length][observations.length];
    for (int k = 0; k < group.length; k++) {
      for (int i = 0; i < observations.length; i++) {
        columns[k][i] = at(group[k], observations[i]);
      }
    }
    return columns;
  }
}
