package io.ilteo.modelkit.hosting.prediction;

import io.ilteo.modelkit.panel.feature.FittedInputs;
import io.ilteo.modelkit.panel.feature.Histories;
import io.ilteo.modelkit.panel.mapping.ColumnSpec;
import io.ilteo.modelkit.panel.mapping.Mapping;
import io.ilteo.proto.model.v1.HistoryBatch;
import io.ilteo.proto.model.v1.PersonHistory;
import io.ilteo.proto.model.v1.Wave;
import io.ilteo.servicekit.error.DomainException.FailedPrecondition;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks histories as callers send them, and lays their values out in the order of a model's
 * columns. Every refusal names person, year and column, the value, and what would be accepted.
 */
final class HistoryReader {
  static final int MAX_PERSONS = 10_000;
  static final int MAX_WAVES = 64;
  private static final int MAX_COLUMNS = 512;
  private static final int MAX_ID = 64;
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2200;
  private static final int ABSENT = -1;

  private final FittedInputs inputs;
  private final String target;
  private final List<ColumnCheck> checks;
  private final Map<String, Integer> places = new HashMap<>();
  private final int targetPlace;
  private final List<String> required;

  /**
   * A reader for one model.
   *
   * @param target column that every person must have a value of
   */
  HistoryReader(FittedInputs inputs, String target) {
    this.inputs = inputs;
    this.target = target;
    this.checks = inputs.columns().stream().map(c -> ColumnCheck.of(c, inputs)).toList();
    for (int i = 0; i < checks.size(); i++) {
      places.put(checks.get(i).column(), i);
    }
    Mapping mapping = inputs.mapping();
    this.required =
        mapping.columns().stream()
            .filter(c -> c.required() && places.containsKey(c.name()))
            .map(ColumnSpec::name)
            .collect(Collectors.toCollection(ArrayList::new));
    required.add(target);
    this.targetPlace = places.getOrDefault(target, ABSENT);
  }

  /** The persons, with a value for each of the model's columns in each of their years. */
  List<Histories.Person> read(HistoryBatch batch) {
    if (!batch.getMapping().isEmpty() && !batch.getMapping().equals(inputs.mapping().name())) {
      throw new InvalidArgument(
          "histories.mapping \"%s\"; the model learned under \"%s\""
              .formatted(batch.getMapping(), inputs.mapping().name()));
    }
    int[] columns = columns(batch);
    int count = batch.getPersonsCount();
    if (count == 0 || count > MAX_PERSONS) {
      throw new InvalidArgument(
          "histories.persons holds %,d; 1 to %,d".formatted(count, MAX_PERSONS));
    }
    List<Histories.Person> persons = new ArrayList<>(count);
    for (int p = 0; p < count; p++) {
      persons.add(person(batch.getPersons(p), p, columns));
    }
    return persons;
  }

  private int[] columns(HistoryBatch batch) {
    int count = batch.getColumnsCount();
    if (count > MAX_COLUMNS) {
      throw new InvalidArgument("histories.columns holds %d; at most 512".formatted(count));
    }
    int[] columns = new int[count];
    boolean[] given = new boolean[checks.size()];
    for (int i = 0; i < count; i++) {
      String name = batch.getColumns(i);
      int place = places.getOrDefault(name, ABSENT);
      if (place == ABSENT) {
        throw new InvalidArgument(
            "histories.columns: unknown column \"%s\"; the model knows %s"
                .formatted(name, inputs.columns()));
      }
      if (given[place]) {
        throw new InvalidArgument("histories.columns names \"%s\" twice".formatted(name));
      }
      given[place] = true;
      columns[i] = place;
    }
    for (String name : required) {
      if (!given[places.getOrDefault(name, 0)]) {
        throw new FailedPrecondition(
            "histories.columns lacks \"%s\", which the model needs; it needs %s and takes %s"
                .formatted(name, required, inputs.columns()));
      }
    }
    return columns;
  }

  private Histories.Person person(PersonHistory person, int index, int[] columns) {
    String id = person.getPersonId();
    if (id.length() > MAX_ID) {
      throw new InvalidArgument(
          "histories.persons[%d].person_id has %d characters; at most 64"
              .formatted(index, id.length()));
    }
    int waves = person.getWavesCount();
    if (waves == 0 || waves > MAX_WAVES) {
      throw new InvalidArgument(
          "%s has %d waves; 1 to %d".formatted(who(id, index), waves, MAX_WAVES));
    }
    int[] years = new int[waves];
    double[][] values = new double[waves][];
    boolean known = false;
    for (int w = 0; w < waves; w++) {
      Wave wave = person.getWaves(w);
      years[w] = wave.getYear();
      requireYear(id, index, years, w);
      if (wave.getValuesCount() != columns.length) {
        throw new InvalidArgument(
            "%s, year %d has %d values; histories.columns has %d"
                .formatted(who(id, index), years[w], wave.getValuesCount(), columns.length));
      }
      double[] row = new double[checks.size()];
      Arrays.fill(row, Double.NaN);
      for (int c = 0; c < columns.length; c++) {
        double value = wave.getValues(c);
        ColumnCheck check = checks.get(columns[c]);
        if (!check.accepts(value)) {
          throw new InvalidArgument(
              "%s, year %d: %s is %s; %s"
                  .formatted(who(id, index), years[w], check.column(), value, check.accepted()));
        }
        row[columns[c]] = value;
      }
      known |= !Double.isNaN(row[targetPlace]);
      values[w] = row;
    }
    if (!known) {
      throw new InvalidArgument(
          "%s has no %s in any year; at least one is needed".formatted(who(id, index), target));
    }
    return new Histories.Person(id, years, values);
  }

  private static void requireYear(String id, int index, int[] years, int w) {
    if (years[w] < FIRST_YEAR || years[w] > LAST_YEAR) {
      throw new InvalidArgument(
          "%s: year %d; %d to %d".formatted(who(id, index), years[w], FIRST_YEAR, LAST_YEAR));
    }
    if (w > 0 && years[w] <= years[w - 1]) {
      throw new InvalidArgument(
          "%s: year %d follows %d; years must increase"
              .formatted(who(id, index), years[w], years[w - 1]));
    }
  }

  private static String who(String id, int index) {
    return id.isEmpty() ? "histories.persons[" + index + "]" : "person \"" + id + "\"";
  }
}
