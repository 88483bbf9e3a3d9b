package io.ilteo.tuner.domain.sampler;

import io.ilteo.tuner.domain.space.Configuration;
import io.ilteo.tuner.domain.space.ParameterSpec;
import io.ilteo.tuner.domain.space.ParameterValue;
import io.ilteo.tuner.domain.space.SearchSpace;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finished trials as columns of unit-cube coordinates; NaN where a parameter does not exist.
 *
 * <p>{@code columns[p][i]} is parameter p of trial i. Columns only ever grow behind {@link #size},
 * so versions of one growing history share them.
 */
final class EncodedHistory {
  private final SearchSpace space;
  private final List<FinishedTrial> finished;
  private final double[][] columns;

  private EncodedHistory(SearchSpace space, List<FinishedTrial> finished, double[][] columns) {
    this.space = space;
    this.finished = finished;
    this.columns = columns;
  }

  /** Encodes from nothing. */
  static EncodedHistory of(SearchSpace space, List<FinishedTrial> finished) {
    double[][] columns = new double[space.parameters().size()][Math.max(16, finished.size())];
    return fill(space, finished, columns, 0);
  }

  int size() {
    return finished.size();
  }

  List<FinishedTrial> finished() {
    return finished;
  }

  /** Coordinates of one parameter; entries from {@link #size} on mean nothing. */
  double[] column(int parameter) {
    return columns[parameter];
  }

  /** One trial's coordinates. */
  double[] row(int trial) {
    double[] row = new double[columns.length];
    for (int p = 0; p < row.length; p++) {
      row[p] = columns[p][trial];
    }
    return row;
  }

  /** Coordinates of a configuration in {@code space}; NaN where a parameter does not exist. */
  static double[] encode(SearchSpace space, Configuration configuration) {
    List<ParameterSpec> specs = space.parameters();
    double[] unit = new double[specs.size()];
    for (int p = 0; p < unit.length; p++) {
      ParameterValue value = configuration.values().get(specs.get(p).name());
      unit[p] = value == null ? Double.NaN : specs.get(p).domain().toUnit(value);
    }
    return unit;
  }

  private static EncodedHistory fill(
      SearchSpace space, List<FinishedTrial> finished, double[][] columns, int from) {
    for (int i = from; i < finished.size(); i++) {
      double[] unit = encode(space, finished.get(i).configuration());
      for (int p = 0; p < unit.length; p++) {
        columns[p][i] = unit[p];
      }
    }
    return new EncodedHistory(space, finished, columns);
  }

  private boolean startsWith(List<FinishedTrial> other, int length) {
    for (int i = 0; i < length; i++) {
      if (finished.get(i) != other.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Remembers the last encoding and extends it where the history has only grown. */
  static final class Cache {
    private @Nullable EncodedHistory last;

    synchronized EncodedHistory of(SearchSpace space, List<FinishedTrial> finished) {
      EncodedHistory known = last;
      if (known == null
          || !known.space.equals(space)
          || !known.startsWith(finished, Math.min(known.size(), finished.size()))) {
        last = EncodedHistory.of(space, finished);
        return last;
      }
      if (finished.size() <= known.size()) {
        return new EncodedHistory(space, finished, known.columns);
      }
      double[][] columns = known.columns;
      if (columns[0].length < finished.size()) {
        columns = new double[columns.length][];
        for (int p = 0; p < columns.length; p++) {
          columns[p] = Arrays.copyOf(known.columns[p], finished.size() * 2);
        }
      }
      last = fill(space, finished, columns, known.size());
      return last;
    }
  }
}
