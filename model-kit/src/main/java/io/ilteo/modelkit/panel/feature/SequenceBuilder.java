package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.fold.Fold;
import io.ilteo.modelkit.panel.fold.LeakException;
import io.ilteo.modelkit.panel.fold.WindowSpec;
import io.ilteo.modelkit.panel.mapping.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays windows over the person-years that a transform has turned into inputs. */
final class SequenceBuilder {
  private static final int MASKED = -1;

  private SequenceBuilder() {}

  static Sequences of(FeatureTransform transform, Fold fold, @Nullable TensorCache cache) {
    PersonSource.PanelPersons persons =
        (PersonSource.PanelPersons) PersonSource.of(fold, transform.schema());
    RowMatrix matrix = new MatrixBuilder(transform.compile(), persons).build(fold, cache);
    Panel panel = fold.panel();
    int steps = transform.window().length();
    int[] stepRows = new int[fold.size() * steps];
    Arrays.fill(stepRows, MASKED);
    String[] ids = new String[fold.size()];
    SequenceTargets targets = SequenceTargets.empty(fold.size(), panel.mapping().satisfaction());
    TargetReader reader = new TargetReader(panel, fold, transform.schema(), targets);
    int person = -1;
    int offset = 0;
    for (int i = 0; i < fold.size(); i++) {
      if (person < 0 || persons.panelIndex(person) != fold.person(i)) {
        offset += person < 0 ? 0 : persons.years(person);
        person++;
      }
      int first = panel.start(fold.person(i));
      int last = fold.inputRow(i);
      int lastYear = panel.year(last);
      for (int row = last; row >= first && lastYear - panel.year(row) < steps; row--) {
        stepRows[i * steps + steps - 1 - (lastYear - panel.year(row))] = offset + row - first;
      }
      requireTargetAhead(transform.window(), panel, last, fold.targetRow(i));
      ids[i] = panel.person(fold.person(i));
      reader.read(i);
    }
    return new Sequences(transform, matrix, stepRows, ids, targets);
  }

  private static void requireTargetAhead(
      WindowSpec window, Panel panel, int inputRow, int targetRow) {
    if (panel.year(targetRow) != panel.year(inputRow) + window.horizon()) {
      throw new LeakException("A target's year is not the last input year plus the horizon.");
    }
  }

  static Sequences of(CompiledTransform compiled, Histories histories) {
    FeatureTransform transform = compiled.transform();
    PersonSource persons = PersonSource.of(histories, transform.schema());
    RowMatrix matrix = new MatrixBuilder(compiled, persons).build();
    int steps = transform.window().length();
    int size = persons.personCount();
    int[] stepRows = new int[size * steps];
    Arrays.fill(stepRows, MASKED);
    SequenceTargets targets = SequenceTargets.empty(size, null);
    List<String> ids = new ArrayList<>();
    int wage = histories.columns().indexOf(Mapping.WAGE);
    int offset = 0;
    for (int p = 0; p < size; p++) {
      Histories.Person person = histories.persons().get(p);
      int last = person.years().length - 1;
      int lastYear = person.years()[last];
      for (int i = last; i >= 0 && lastYear - person.years()[i] < steps; i--) {
        stepRows[p * steps + steps - 1 - (lastYear - person.years()[i])] = offset + i;
      }
      targets.targetYears()[p] = lastYear + transform.window().horizon();
      targets.priceLevels()[p] = transform.schema().priceLevel(lastYear);
      for (int i = last; i >= 0 && wage >= 0 && Float.isNaN(targets.lastWage()[p]); i--) {
        targets.lastWage()[p] = (float) person.values()[i][wage];
      }
      ids.add(person.id());
      offset += person.years().length;
    }
    return new Sequences(transform, matrix, stepRows, ids.toArray(String[]::new), targets);
  }

  /** Reads targets and what is known without a model. */
  private static final class TargetReader {
    private final Panel panel;
    private final Fold fold;
    private final InputSchema schema;
    private final SequenceTargets targets;
    private final @Nullable PanelColumn wage;
    private final @Nullable PanelColumn satisfaction;
    private final @Nullable PanelColumn sex;
    private final @Nullable PanelColumn age;

    TargetReader(Panel panel, Fold fold, InputSchema schema, SequenceTargets targets) {
      this.panel = panel;
      this.fold = fold;
      this.schema = schema;
      this.targets = targets;
      this.wage = panel.columnOrNull(Mapping.WAGE);
      this.satisfaction = panel.columnOrNull(Mapping.SATISFACTION);
      this.sex = panel.columnOrNull("sex");
      this.age = panel.columnOrNull("age");
    }

    void read(int i) {
      int input = fold.inputRow(i);
      int target = fold.targetRow(i);
      int first = panel.start(fold.person(i));
      targets.targetYears()[i] = panel.year(target);
      targets.priceLevels()[i] = schema.priceLevel(panel.year(input));
      targets.wage()[i] = counted(wage, fold.targets().wagePopulation(), target);
      targets.satisfaction()[i] =
          counted(satisfaction, fold.targets().satisfactionPopulation(), target);
      targets.lastWage()[i] = lastKnown(wage, first, input);
      targets.lastSatisfaction()[i] = lastKnown(satisfaction, first, input);
      targets.sex()[i] = lastKnown(sex, first, input);
      float years = age == null ? Float.NaN : age.value(input);
      targets.birthYears()[i] = panel.year(input) - years;
    }

    private float counted(@Nullable PanelColumn column, @Nullable String population, int row) {
      if (column == null || population == null || !panel.inPopulation(population, row)) {
        return Float.NaN;
      }
      return column.value(row);
    }

    private static float lastKnown(@Nullable PanelColumn column, int first, int row) {
      if (column != null) {
        for (int r = row; r >= first; r--) {
          if (!Float.isNaN(column.value(r))) {
            return column.value(r);
          }
        }
      }
      return Float.NaN;
    }
  }
}
