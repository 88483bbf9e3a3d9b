package io.ilteo.modelkit.panel.feature;

import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.HashSet;
import java.util.List;

/**
 * Histories of persons as a caller of a model describes them: columns by name once, a row of
 * numbers for each year, NaN where missing.
 *
 * @param columns names under the mapping of the panel that the model was trained on, distinct
 */
public record Histories(List<String> columns, List<Person> persons) {
  public Histories {
    columns = List.copyOf(columns);
    persons = List.copyOf(persons);
    if (new HashSet<>(columns).size() != columns.size()) {
      throw new InvalidArgument("A column stands twice in %s.".formatted(columns));
    }
    for (Person person : persons) {
      person.requireShape(columns.size());
    }
  }

  /**
   * What is known of one person.
   *
   * @param id any text
   * @param years [waves] strictly increasing, at least one
   * @param values [waves][columns] categories by their codes, NaN where missing
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Person(String id, int[] years, double[][] values) {
    private void requireShape(int columns) {
      if (years.length == 0) {
        throw new InvalidArgument("Person '%s' has no wave; at least one is needed.".formatted(id));
      }
      if (values.length != years.length) {
        throw new InvalidArgument(
            "Person '%s' has %d years and %d rows of values."
                .formatted(id, years.length, values.length));
      }
      for (int i = 0; i < years.length; i++) {
        if (i > 0 && years[i] <= years[i - 1]) {
          throw new InvalidArgument(
              "Person '%s': year %d follows %d; years must increase."
                  .formatted(id, years[i], years[i - 1]));
        }
        if (values[i].length != columns) {
          throw new InvalidArgument(
              "Person '%s', year %d has %d values; the batch has %d columns."
                  .formatted(id, years[i], values[i].length, columns));
        }
      }
    }
  }
}
