package io.ilteo.modelkit.panel.fold;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.mapping.Mapping;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the sequences of a panel: rows with enough history and a target that counts. */
final class SampleFinder {
  /** Whether a person's target in a year is wanted. */
  @FunctionalInterface
  interface Wanted {
    boolean test(int person, int targetYear);
  }

  private final Panel panel;
  private final WindowSpec window;
  private final TargetSelection targets;
  private final @Nullable PanelColumn wage;
  private final @Nullable PanelColumn satisfaction;

  SampleFinder(Panel panel, WindowSpec window, TargetSelection targets) {
    this.panel = panel;
    this.window = window;
    this.targets = targets;
    this.wage = panel.columnOrNull(Mapping.WAGE);
    this.satisfaction = panel.columnOrNull(Mapping.SATISFACTION);
  }

  Samples find(Wanted wanted) {
    int[] persons = new int[panel.personYears()];
    int[] inputs = new int[panel.personYears()];
    int[] targetRows = new int[panel.personYears()];
    int size = 0;
    for (int person = 0; person < panel.personCount(); person++) {
      int end = panel.start(person + 1);
      int target = panel.start(person);
      for (int row = panel.start(person); row < end; row++) {
        int targetYear = panel.year(row) + window.horizon();
        while (target < end && panel.year(target) < targetYear) {
          target++;
        }
        boolean exists = target < end && panel.year(target) == targetYear;
        if (exists && wanted.test(person, targetYear) && observed(person, row) && counts(target)) {
          persons[size] = person;
          inputs[size] = row;
          targetRows[size++] = target;
        }
      }
    }
    return new Samples(
        panel,
        window,
        targets,
        Arrays.copyOf(persons, size),
        Arrays.copyOf(inputs, size),
        Arrays.copyOf(targetRows, size));
  }

  private boolean observed(int person, int row) {
    int first = panel.year(row) - window.length() + 1;
    int steps = 0;
    for (int r = row; r >= panel.start(person) && panel.year(r) >= first; r--) {
      steps++;
    }
    return steps >= window.minObserved();
  }

  private boolean counts(int row) {
    return counts(wage, targets.wagePopulation(), row)
        || counts(satisfaction, targets.satisfactionPopulation(), row);
  }

  private boolean counts(@Nullable PanelColumn column, @Nullable String population, int row) {
    return column != null
        && population != null
        && !Float.isNaN(column.value(row))
        && panel.inPopulation(population, row);
  }
}
