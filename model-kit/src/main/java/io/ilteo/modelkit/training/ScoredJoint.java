package io.ilteo.modelkit.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one network predicts of two targets: amounts, whose rows these are, and classes of those
 * rows where a class was observed too.
 *
 * @param prefix before the names of the classes' figures, e.g. {@code satisfaction_}
 * @param classRows [rows] where each row is among the classes, −1 where no class was observed
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredJoint(
    ScoredAmounts amounts, ScoredClasses classes, String prefix, int[] classRows)
    implements Scored {

  /** Amounts beside classes of the same sequences; classes of others are left out. */
  public static ScoredJoint of(ScoredAmounts amounts, ScoredClasses classes, String prefix) {
    int[] classRows =
        IntStream.of(amounts.sequences())
            .map(sequence -> Arrays.binarySearch(classes.sequences(), sequence))
            .map(row -> Math.max(-1, row))
            .toArray();
    return new ScoredJoint(amounts, classes, prefix, classRows).select(all(classRows.length));
  }

  private static int[] all(int size) {
    return IntStream.range(0, size).toArray();
  }

  @Override
  public int[] sequences() {
    return amounts.sequences();
  }

  @Override
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>(amounts.metrics());
    if (classes.observed().length > 0) {
      classes.metrics().forEach((name, value) -> metrics.put(prefix + name, value));
    }
    return metrics;
  }

  @Override
  public ScoredJoint select(int[] rows) {
    int[] moved = new int[rows.length];
    int[] kept = new int[rows.length];
    int next = 0;
    for (int k = 0; k < rows.length; k++) {
      int from = classRows[rows[k]];
      moved[k] = from < 0 ? -1 : next;
      if (from >= 0) {
        kept[next++] = from;
      }
    }
    return new ScoredJoint(
        amounts.select(rows), classes.select(Arrays.copyOf(kept, next)), prefix, moved);
  }

  @Override
  public ScoredJoint calibrated(Scored validation) {
    if (!(validation instanceof ScoredJoint joint)) {
      throw new IllegalArgumentException("both targets are calibrated on both targets");
    }
    return new ScoredJoint(
        amounts.calibrated(joint.amounts), classes.calibrated(joint.classes), prefix, classRows);
  }
}
