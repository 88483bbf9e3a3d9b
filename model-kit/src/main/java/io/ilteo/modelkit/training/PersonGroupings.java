package io.ilteo.modelkit.training;

import io.ilteo.modelkit.panel.feature.Sequences;
import io.ilteo.modelkit.panel.feature.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Persons by sex, sample and, where the inputs say it, employment: groups that every task has. */
public final class PersonGroupings {
  // What mappings call the column, the most telling first.
  private static final List<String> EMPLOYMENT = List.of("employment_type", "employment");

  private final List<Integer> sexes;
  private final SampleCohorts cohorts;

  private PersonGroupings(List<Integer> sexes, SampleCohorts cohorts) {
    this.sexes = sexes;
    this.cohorts = cohorts;
  }

  /** The groups of {@code data}: codes of the training fold, samples of the panel. */
  public static PersonGroupings of(PreparedData data) {
    Sequences training = data.training();
    List<Integer> sexes =
        IntStream.range(0, training.size())
            .filter(i -> !Float.isNaN(training.sex(i)))
            .map(i -> (int) training.sex(i))
            .distinct()
            .sorted()
            .boxed()
            .toList();
    return new PersonGroupings(sexes, SampleCohorts.of(data.panel()));
  }

  /** How {@code rows} of {@code sequences} are divided. */
  public List<Grouping> of(Sequences sequences, int[] rows) {
    List<Grouping> groupings = new ArrayList<>();
    groupings.add(grouping("sex", texts(sexes), rows, i -> sexes.indexOf((int) sequences.sex(i))));
    groupings.add(
        grouping(
            "sample", texts(cohorts.years()), rows, i -> cohorts.cohort(sequences.personId(i))));
    EMPLOYMENT.stream()
        .map(name -> sequences.categoryNames().indexOf(name))
        .filter(column -> column >= 0)
        .findFirst()
        .ifPresent(column -> groupings.add(byEmployment(sequences, rows, column)));
    return groupings;
  }

  /** By the code of the last input year; index 0 is missing or rare. */
  private static Grouping byEmployment(Sequences sequences, int[] rows, int column) {
    Vocabulary vocabulary = sequences.transform().vocabularies().get(column);
    int width = sequences.categories();
    int[] indices = new int[sequences.steps() * width];
    int last = (sequences.steps() - 1) * width + column;
    return grouping(
        "employment",
        texts(vocabulary.codes()),
        rows,
        i -> {
          sequences.copyCategories(i, indices, 0);
          return indices[last] - 1;
        });
  }

  private static List<String> texts(List<Integer> codes) {
    return codes.stream().map(code -> Integer.toString(code)).toList();
  }

  private static Grouping grouping(
      String name, List<String> keys, int[] rows, IntUnaryOperator group) {
    return new Grouping(name, keys, keys, IntStream.of(rows).map(group).toArray());
  }
}
