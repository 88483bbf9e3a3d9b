package io.ilteo.modelkit.panel.fold;

import io.ilteo.modelkit.panel.Panel;
import java.util.Arrays;

/**
 * Pairs of a last input row and a target row, as row numbers of one panel.
 *
 * <p>Invariant, checked on construction: both rows are of one person, and the target's year is the
 * last input year plus the horizon.
 */
final class Samples {
  private final Panel panel;
  private final WindowSpec window;
  private final TargetSelection targets;
  private final int[] persons;
  private final int[] inputRows;
  private final int[] targetRows;

  Samples(
      Panel panel,
      WindowSpec window,
      TargetSelection targets,
      int[] persons,
      int[] inputRows,
      int[] targetRows) {
    for (int i = 0; i < persons.length; i++) {
      int person = persons[i];
      boolean inside =
          inputRows[i] >= panel.start(person)
              && inputRows[i] < targetRows[i]
              && targetRows[i] < panel.start(person + 1);
      int ahead = panel.year(targetRows[i]) - panel.year(inputRows[i]);
      if (!inside || ahead != window.horizon()) {
        throw new LeakException(
            "Sequence %d: the target lies %d years after the last input, not %d."
                .formatted(i, ahead, window.horizon()));
      }
    }
    this.panel = panel;
    this.window = window;
    this.targets = targets;
    this.persons = persons;
    this.inputRows = inputRows;
    this.targetRows = targetRows;
  }

  Panel panel() {
    return panel;
  }

  WindowSpec window() {
    return window;
  }

  TargetSelection targets() {
    return targets;
  }

  int size() {
    return persons.length;
  }

  int person(int i) {
    return persons[i];
  }

  int inputRow(int i) {
    return inputRows[i];
  }

  int targetRow(int i) {
    return targetRows[i];
  }

  /** Number of different persons. Samples are grouped by person. */
  int distinctPersons() {
    return (int) Arrays.stream(persons).distinct().count();
  }
}
