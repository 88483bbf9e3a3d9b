package io.ilteo.modelkit.panel.importing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects who and when of each row, in whatever order they come, and orders them by person and
 * year.
 */
final class RowOrder {
  private static final int MAX_PERSONS = 1 << 24;
  private static final int MAX_ROWS = 1 << 27;
  private static final int YEAR_BITS = 12;
  private static final int ROW_BITS = 27;

  private final Map<String, Integer> indexByPerson = new HashMap<>();
  private final List<String> persons = new ArrayList<>();
  private long[] keys = new long[1 << 12];
  private int size;

  /** Whether one more row can be taken. */
  boolean hasRoom() {
    return size < MAX_ROWS && persons.size() < MAX_PERSONS;
  }

  /**
   * @param year 0 … 4095
   */
  void add(String person, int year) {
    int index =
        indexByPerson.computeIfAbsent(
            person,
            p -> {
              persons.add(p);
              return persons.size() - 1;
            });
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
    }
    keys[size] = key(index, year, size);
    size++;
  }

  int size() {
    return size;
  }

  /** The rows in order, and who they belong to. Called once. */
  Ordered order() {
    Integer[] byId = new Integer[persons.size()];
    Arrays.setAll(byId, i -> i);
    Arrays.sort(byId, Comparator.comparing(persons::get, PersonIds.ORDER));
    int[] rank = new int[byId.length];
    for (int i = 0; i < byId.length; i++) {
      rank[byId[i]] = i;
    }
    long[] sorted = Arrays.copyOf(keys, size);
    for (int i = 0; i < size; i++) {
      sorted[i] = key(rank[person(sorted[i])], year(sorted[i]), i);
    }
    Arrays.sort(sorted);
    return new Ordered(Arrays.stream(byId).map(persons::get).toList(), sorted);
  }

  private static long key(int person, int year, int row) {
    return ((long) person << (YEAR_BITS + ROW_BITS)) | ((long) year << ROW_BITS) | row;
  }

  private static int person(long key) {
    return (int) (key >>> (YEAR_BITS + ROW_BITS));
  }

  private static int year(long key) {
    return (int) (key >>> ROW_BITS) & ((1 << YEAR_BITS) - 1);
  }

  /**
   * Rows ordered by person, year and place in the source.
   *
   * @param persons ids in order
   * @param keys one for each row
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Ordered(List<String> persons, long[] keys) {
    int size() {
      return keys.length;
    }

    int person(int i) {
      return RowOrder.person(keys[i]);
    }

    int year(int i) {
      return RowOrder.year(keys[i]);
    }

    /** Place of the row in the source. */
    int row(int i) {
      return (int) keys[i] & (MAX_ROWS - 1);
    }

    /** Whether row {@code i} repeats the person and year of the row before it. */
    boolean repeats(int i) {
      return i > 0 && keys[i] >>> ROW_BITS == keys[i - 1] >>> ROW_BITS;
    }
  }
}
