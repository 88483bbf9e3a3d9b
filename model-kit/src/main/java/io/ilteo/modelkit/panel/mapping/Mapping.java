package io.ilteo.modelkit.panel.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says what the columns of a survey mean: who, when, the two targets, the features.
 *
 * <p>Written as YAML by people; see the shipped {@code klips-long} for a commented example.
 *
 * @param name short name, e.g. {@code soep}
 * @param description one line for people
 * @param waves present where the survey comes as one file a wave
 * @param person source columns of the person's id, first present wins
 * @param time source columns of the year, first present wins
 * @param wage the wage target, or null where the survey has none
 * @param satisfaction the satisfaction target, or null where the survey has none
 * @param populations named subsets of rows, each a list of tests that must all hold on panel
 *     columns; tests of columns that the panel lacks are left out. {@code all} always exists
 * @param columns features and weights
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Mapping(
    String name,
    String description,
    @Nullable WaveFiles waves,
    List<String> person,
    List<TimeSpec> time,
    @Nullable WageSpec wage,
    @Nullable SatisfactionSpec satisfaction,
    Map<String, List<Condition>> populations,
    List<ColumnSpec> columns) {
  /** Name of the wage's panel column. */
  public static final String WAGE = "wage";

  /** Name of the satisfaction's panel column. */
  public static final String SATISFACTION = "satisfaction";

  /** The population that every row belongs to. */
  public static final String ALL = "all";

  private static final int MAX_COLUMNS = 512;
  private static final int MAX_POPULATIONS = 31;

  public Mapping {
    if (name == null || !name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
      throw new InvalidArgument(
          "Mapping name '%s': expected lower case letters, digits and '-', at most 64."
              .formatted(name));
    }
    description = description == null ? "" : description;
    person = person == null ? List.of() : List.copyOf(person);
    time = time == null ? List.of() : List.copyOf(time);
    columns = columns == null ? List.of() : List.copyOf(columns);
    if (person.isEmpty() || (time.isEmpty() && waves == null)) {
      throw new InvalidArgument("Mapping '%s' needs `person` and `time`.".formatted(name));
    }
    if (wage == null && satisfaction == null) {
      throw new InvalidArgument(
          "Mapping '%s' has no target: give `wage`, `satisfaction` or both.".formatted(name));
    }
    Map<String, List<Condition>> named = new TreeMap<>();
    if (populations != null) {
      populations.forEach((k, v) -> named.put(k, v == null ? List.of() : List.copyOf(v)));
    }
    named.put(ALL, List.of());
    populations = named;
    requireConsistent(name, wage, satisfaction, populations, columns);
  }

  private static void requireConsistent(
      String name,
      @Nullable WageSpec wage,
      @Nullable SatisfactionSpec satisfaction,
      Map<String, List<Condition>> populations,
      List<ColumnSpec> columns) {
    if (columns.size() > MAX_COLUMNS || populations.size() > MAX_POPULATIONS) {
      throw new InvalidArgument(
          "Mapping '%s': at most %d columns and %d populations."
              .formatted(name, MAX_COLUMNS, MAX_POPULATIONS));
    }
    Set<String> names = new HashSet<>(Set.of(WAGE, SATISFACTION));
    for (ColumnSpec column : columns) {
      if (!names.add(column.name())) {
        throw new InvalidArgument(
            "Mapping '%s': column name '%s' stands twice or is reserved."
                .formatted(name, column.name()));
      }
    }
    for (Map.Entry<String, List<Condition>> population : populations.entrySet()) {
      for (Condition condition : population.getValue()) {
        if (!names.contains(condition.column())) {
          throw new InvalidArgument(
              "Population '%s' tests '%s', which is no column of mapping '%s'."
                  .formatted(population.getKey(), condition.column(), name));
        }
      }
    }
    requirePopulation(wage == null ? ALL : String.valueOf(wage.population()), populations);
    requirePopulation(
        satisfaction == null ? ALL : String.valueOf(satisfaction.population()), populations);
  }

  private static void requirePopulation(
      String population, Map<String, List<Condition>> populations) {
    if (!populations.containsKey(population)) {
      throw new InvalidArgument(
          "Unknown population '%s': the mapping defines %s."
              .formatted(population, populations.keySet()));
    }
  }

  /** Every source column that this mapping may read, as written, {@code __} included. */
  public Set<String> sourceNames() {
    Set<String> names = new LinkedHashSet<>(person);
    time.forEach(t -> names.add(t.source()));
    if (wage != null) {
      names.addAll(wage.source());
      wage.only().forEach(c -> names.add(c.column()));
    }
    if (satisfaction != null) {
      names.addAll(satisfaction.source());
    }
    for (ColumnSpec column : columns) {
      names.addAll(column.source());
      for (ColumnSpec.Case each : column.cases()) {
        names.add(each.when().column());
        names.addAll(each.sum());
      }
    }
    return names;
  }

  /** The wage target; refused where the mapping has none. */
  public WageSpec requireWage() {
    if (wage == null) {
      throw new InvalidArgument("Mapping '%s' has no wage target.".formatted(name));
    }
    return wage;
  }

  /** The satisfaction target; refused where the mapping has none. */
  public SatisfactionSpec requireSatisfaction() {
    if (satisfaction == null) {
      throw new InvalidArgument("Mapping '%s' has no satisfaction target.".formatted(name));
    }
    return satisfaction;
  }
}
