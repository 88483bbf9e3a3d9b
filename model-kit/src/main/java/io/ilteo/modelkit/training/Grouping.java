package io.ilteo.modelkit.training;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One way to divide rows, for figures by group.
 *
 * @param name e.g. {@code band}; with a group's key it names a metric, {@code rmse_band_1}
 * @param keys of the groups; letters, digits and '_'
 * @param labels of the groups, for people, e.g. {@code 120-200}
 * @param groups [n] index of each row's group, −1 where it has none
 */
@SuppressWarnings("ArrayRecordComponent")
public record Grouping(String name, List<String> keys, List<String> labels, int[] groups) {
  public Grouping {
    keys = List.copyOf(keys);
    labels = List.copyOf(labels);
    if (keys.size() != labels.size()) {
      throw new IllegalArgumentException("a grouping needs one label a key");
    }
  }

  /** The same division of the given rows. */
  Grouping select(int[] rows) {
    return new Grouping(name, keys, labels, IntStream.of(rows).map(row -> groups[row]).toArray());
  }
}
