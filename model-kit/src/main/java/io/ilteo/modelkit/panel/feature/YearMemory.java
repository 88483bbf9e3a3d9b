package io.ilteo.modelkit.panel.feature;

import java.util.Arrays;

/** Remembers a person's last values by calendar year. */
final class YearMemory {
  /** Years that can be looked back. */
  static final int SPAN = 16;

  private final int[] years = new int[SPAN];
  private final double[] values = new double[SPAN];

  YearMemory() {
    Arrays.fill(years, Integer.MIN_VALUE);
  }

  void put(int year, double value) {
    int slot = Math.floorMod(year, SPAN);
    years[slot] = year;
    values[slot] = value;
  }

  /** The value in {@code year}, NaN where the person was not interviewed or did not answer. */
  double get(int year) {
    int slot = Math.floorMod(year, SPAN);
    return years[slot] == year ? values[slot] : Double.NaN;
  }
}
