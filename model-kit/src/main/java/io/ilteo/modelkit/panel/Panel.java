package io.ilteo.modelkit.panel;

import io.ilteo.modelkit.panel.mapping.Condition;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An imported survey: an immutable table of person-years, column by column.
 *
 * <p>Rows are ordered by person (in the order of their ids), then year; no person has a year twice.
 * Its name is the digest of content and mapping, so the same survey has the same name everywhere,
 * whatever file format it came in.
 */
public final class Panel {
  private final Mapping mapping;
  private final List<String> persons;
  private final int[] starts;
  private final int[] years;
  private final Map<String, PanelColumn> columns;
  private final String digest;

  /**
   * Takes over the arrays: the caller must not write to them again.
   *
   * @param persons ids, ordered
   * @param starts [persons + 1] first row of each person; the last entry is the number of rows
   * @param years [rows]
   */
  public Panel(
      Mapping mapping, List<String> persons, int[] starts, int[] years, List<PanelColumn> columns) {
    this.mapping = mapping;
    this.persons = List.copyOf(persons);
    this.starts = starts;
    this.years = years;
    this.columns = LinkedHashMap.newLinkedHashMap(columns.size());
    for (PanelColumn column : columns) {
      if (column.size() != years.length) {
        throw new IllegalArgumentException(
            "Column %s has %d rows, the panel %d."
                .formatted(column.name(), column.size(), years.length));
      }
      this.columns.put(column.name(), column);
    }
    requireOrdered();
    this.digest = PanelDigest.of(this);
  }

  private void requireOrdered() {
    if (starts.length != persons.size() + 1 || starts[persons.size()] != years.length) {
      throw new IllegalArgumentException("Person offsets do not cover the rows.");
    }
    for (int person = 0; person < persons.size(); person++) {
      for (int row = starts[person] + 1; row < starts[person + 1]; row++) {
        if (years[row - 1] >= years[row]) {
          throw new IllegalArgumentException("Years of a person must increase strictly.");
        }
      }
    }
  }

  /** SHA-256 of content and mapping, hexadecimal. */
  public String digest() {
    return digest;
  }

  /** Resource name: {@code panels/} and the digest's first 16 digits. */
  public String resourceName() {
    return "panels/" + digest.substring(0, 16);
  }

  /** What the columns mean. */
  public Mapping mapping() {
    return mapping;
  }

  /** Number of rows. */
  public int personYears() {
    return years.length;
  }

  /** Number of persons. */
  public int personCount() {
    return persons.size();
  }

  /** Id of person {@code index}, 0 ≤ index &lt; {@link #personCount}. */
  public String person(int index) {
    return persons.get(index);
  }

  /** First row of person {@code index}; at {@link #personCount}, the number of rows. */
  public int start(int index) {
    return starts[index];
  }

  /** Year of {@code row}. */
  public int year(int row) {
    return years[row];
  }

  /** The earliest year. */
  public int firstYear() {
    int first = Integer.MAX_VALUE;
    for (int year : years) {
      first = Math.min(first, year);
    }
    return first;
  }

  /** The latest year. */
  public int lastYear() {
    int last = Integer.MIN_VALUE;
    for (int year : years) {
      last = Math.max(last, year);
    }
    return last;
  }

  /** All columns, targets first, then in the mapping's order. */
  public List<PanelColumn> columns() {
    return List.copyOf(columns.values());
  }

  /** The column called {@code name}, or null where the survey lacks it. */
  public @Nullable PanelColumn columnOrNull(String name) {
    return columns.get(name);
  }

  /** The column called {@code name}; refused where the survey lacks it. */
  public PanelColumn column(String name) {
    PanelColumn column = columns.get(name);
    if (column == null) {
      throw new InvalidArgument(
          "Panel %s has no column '%s'; it has %s."
              .formatted(resourceName(), name, columns.keySet()));
    }
    return column;
  }

  /**
   * Whether {@code row} belongs to the mapping's population {@code name}: every test on a column
   * that this panel has must hold.
   */
  public boolean inPopulation(String name, int row) {
    List<Condition> conditions = mapping.populations().get(name);
    if (conditions == null) {
      throw new InvalidArgument(
          "Unknown population '%s': mapping '%s' defines %s."
              .formatted(name, mapping.name(), mapping.populations().keySet()));
    }
    for (Condition condition : conditions) {
      PanelColumn column = columns.get(condition.column());
      if (column != null && !condition.accepts(column.value(row))) {
        return false;
      }
    }
    return true;
  }
}
