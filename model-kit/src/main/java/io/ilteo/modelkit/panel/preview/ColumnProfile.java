package io.ilteo.modelkit.panel.preview;

import io.ilteo.modelkit.panel.source.SourceColumn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the head of a file holds in one column.
 *
 * @param present cells that hold a number
 * @param blank empty cells
 * @param text cells that hold something else
 * @param counts how often each number occurs, as long as they are at most {@link #MAX_DISTINCT};
 *     the most of them beyond
 * @param distinct number of different values, at most {@link #MAX_DISTINCT} + 1
 * @param min smallest number, NaN without any
 * @param max largest number, NaN without any
 * @param whole whether all numbers are whole
 * @param samples the first different cells
 */
public record ColumnProfile(
    SourceColumn column,
    long present,
    long blank,
    long text,
    Map<Double, Long> counts,
    int distinct,
    double min,
    double max,
    boolean whole,
    List<String> samples) {
  /** Different values told apart. */
  public static final int MAX_DISTINCT = 1000;

  private static final double RARE = 0.2;

  public ColumnProfile {
    counts = new TreeMap<>(counts);
    samples = List.copyOf(samples);
  }

  /** Whether most of what the column holds is no number. */
  public boolean isText() {
    return text > present;
  }

  /**
   * Codes that look like "missing": −1 to −9 where everything else is not negative, and all nines
   * (9, 99, …) where they stand apart from the rest.
   */
  public TreeMap<Double, Long> missingCodes() {
    TreeMap<Double, Long> missing = new TreeMap<>();
    counts.forEach(
        (code, count) -> {
          if (code >= -9 && code <= -1 && code == Math.rint(code)) {
            missing.put(code, count);
          }
        });
    TreeMap<Double, Long> numbers = new TreeMap<>(counts);
    if (numbers.isEmpty()) {
      return missing;
    }
    double top = numbers.lastKey();
    long atTop = numbers.lastEntry().getValue();
    Double below = numbers.lowerKey(top);
    boolean nines =
        top == 9 || top == 99 || top == 999 || top == 9999 || top == 99999 || top == 999999;
    boolean apart = below != null && below < top / 1.12 && atTop < RARE * present;
    if (nines && apart && distinct <= MAX_DISTINCT) {
      missing.put(top, atTop);
    }
    return missing;
  }

  /** Different values without those that look like "missing". */
  public int codes() {
    return distinct - missingCodes().size();
  }
}
