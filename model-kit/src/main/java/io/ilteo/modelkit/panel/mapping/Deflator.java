package io.ilteo.modelkit.panel.mapping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A consumer price index by year.
 *
 * <p>Between given years it is interpolated geometrically; before the first and after the last it
 * is held, so that a year without published prices borrows nothing from the future.
 */
public final class Deflator {
  private static final int FIRST_YEAR = 1800;
  private static final int LAST_YEAR = 2300;

  private final TreeMap<Integer, Double> index;

  /** Price levels from the first given year to the last: each prediction asks for several. */
  private final double[] levels;

  @JsonCreator
  public Deflator(Map<Integer, Double> index) {
    if (index.isEmpty() || index.values().stream().anyMatch(v -> v == null || !(v > 0))) {
      throw new InvalidArgument("`deflator` needs at least one year and positive values.");
    }
    this.index = new TreeMap<>(index);
    if (this.index.firstKey() < FIRST_YEAR || this.index.lastKey() > LAST_YEAR) {
      throw new InvalidArgument(
          "`deflator` has the years %d to %d; %d to %d are accepted."
              .formatted(this.index.firstKey(), this.index.lastKey(), FIRST_YEAR, LAST_YEAR));
    }
    this.levels =
        IntStream.rangeClosed(this.index.firstKey(), this.index.lastKey())
            .mapToDouble(this::interpolated)
            .toArray();
  }

  /** The table, year to index. */
  @JsonValue
  public Map<Integer, Double> index() {
    return new TreeMap<>(index);
  }

  /** Price level of {@code year} relative to 100. */
  public double level(int year) {
    return levels[Math.clamp((long) year - index.firstKey(), 0, levels.length - 1)];
  }

  private double interpolated(int year) {
    Map.Entry<Integer, Double> before = index.floorEntry(year);
    Map.Entry<Integer, Double> after = index.ceilingEntry(year);
    if (after.getKey().equals(before.getKey())) {
      return before.getValue() / 100;
    }
    double share = (double) (year - before.getKey()) / (after.getKey() - before.getKey());
    double log =
        StrictMath.log(before.getValue()) * (1 - share) + StrictMath.log(after.getValue()) * share;
    return StrictMath.exp(log) / 100;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Deflator that && index.equals(that.index);
  }

  @Override
  public int hashCode() {
    return index.hashCode();
  }

  @Override
  public String toString() {
    return index.toString();
  }
}
