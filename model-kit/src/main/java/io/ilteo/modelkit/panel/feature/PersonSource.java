package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.fold.Fold;
import java.util.Arrays;
import java.util.List;

/** Persons and what is known of each, oldest year first. */
interface PersonSource {
  int personCount();

  /** Number of years known of {@code person}. */
  int years(int person);

  /** Calendar year of the {@code i}-th. */
  int year(int person, int i);

  /** Writes the schema's columns in that year into {@code values}. */
  void fill(int person, int i, float[] values);

  /**
   * The persons of a fold, each up to their last input in it. Later rows cannot be reached, so what
   * comes after the last input, targets included, is out of sight.
   */
  static PersonSource of(Fold fold, InputSchema schema) {
    Panel panel = fold.panel();
    int[] persons = new int[fold.size()];
    int[] ends = new int[fold.size()];
    int count = 0;
    for (int i = 0; i < fold.size(); i++) {
      if (count == 0 || persons[count - 1] != fold.person(i)) {
        persons[count++] = fold.person(i);
      }
      ends[count - 1] = Math.max(ends[count - 1], fold.inputRow(i) + 1);
    }
    PanelColumn[] columns =
        schema.columns().stream().map(c -> panel.column(c.name())).toArray(PanelColumn[]::new);
    return new PanelPersons(
        panel, Arrays.copyOf(persons, count), Arrays.copyOf(ends, count), columns);
  }

  /** The persons of {@code histories}; columns that it lacks are missing throughout. */
  static PersonSource of(Histories histories, InputSchema schema) {
    List<String> given = histories.columns();
    int[] places = schema.columns().stream().mapToInt(c -> given.indexOf(c.name())).toArray();
    return new HistoryPersons(histories, places);
  }

  /** Persons of a panel. */
  final class PanelPersons implements PersonSource {
    private final Panel panel;
    private final int[] persons;
    private final int[] ends;
    private final PanelColumn[] columns;

    private PanelPersons(Panel panel, int[] persons, int[] ends, PanelColumn[] columns) {
      this.panel = panel;
      this.persons = persons;
      this.ends = ends;
      this.columns = columns;
    }

    @Override
    public int personCount() {
      return persons.length;
    }

    /** Panel index of the person. */
    int panelIndex(int person) {
      return persons[person];
    }

    @Override
    public int years(int person) {
      return ends[person] - panel.start(persons[person]);
    }

    @Override
    public int year(int person, int i) {
      return panel.year(panel.start(persons[person]) + i);
    }

    @Override
    public void fill(int person, int i, float[] values) {
      int row = panel.start(persons[person]) + i;
      for (int c = 0; c < columns.length; c++) {
        values[c] = columns[c].value(row);
      }
    }
  }

  /** Persons as a caller describes them. */
  @SuppressWarnings("ArrayRecordComponent")
  record HistoryPersons(Histories histories, int[] places) implements PersonSource {
    @Override
    public int personCount() {
      return histories.persons().size();
    }

    @Override
    public int years(int person) {
      return histories.persons().get(person).years().length;
    }

    @Override
    public int year(int person, int i) {
      return histories.persons().get(person).years()[i];
    }

    @Override
    public void fill(int person, int i, float[] values) {
      double[] row = histories.persons().get(person).values()[i];
      for (int c = 0; c < places.length; c++) {
        values[c] = places[c] < 0 ? Float.NaN : (float) row[places[c]] + 0f;
      }
    }
  }
}
