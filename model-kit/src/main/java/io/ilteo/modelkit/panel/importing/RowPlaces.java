package io.ilteo.modelkit.panel.importing;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Remembers in which file and row each taken row stood, for messages. */
final class RowPlaces {
  private final TreeMap<Integer, String> fileByFirstRow = new TreeMap<>();
  private int[] rowNumbers = new int[1 << 12];
  private int size;

  void startFile(String name) {
    fileByFirstRow.put(size, name);
  }

  void add(long rowNumber) {
    if (size == rowNumbers.length) {
      rowNumbers = Arrays.copyOf(rowNumbers, size * 2);
    }
    rowNumbers[size++] = (int) Math.min(rowNumber, Integer.MAX_VALUE);
  }

  /** File of the {@code row}-th taken row. */
  String file(int row) {
    Map.Entry<Integer, String> file = fileByFirstRow.floorEntry(row);
    return file == null ? "" : file.getValue();
  }

  /** Row number in that file. */
  long rowNumber(int row) {
    return rowNumbers[row];
  }
}
