package io.ilteo.modelkit.panel.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wage target.
 *
 * @param source source columns, first present wins
 * @param unit currency as shown to people, e.g. 만원
 * @param missing codes that mean "missing"
 * @param range what counts as a wage; others are counted and become missing. Must exclude 0: no
 *     earnings are no wage
 * @param only tests of source columns: the row's amount is a wage only where all that the file has
 *     hold. At least one tested column must be in the file, so that self-employed income cannot
 *     pass for wages
 * @param deflator consumer prices that make wages of different years comparable
 * @param population rows whose wage is predicted, by default
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WageSpec(
    List<String> source,
    String unit,
    List<Double> missing,
    Range range,
    List<Condition> only,
    @Nullable Deflator deflator,
    @Nullable String population) {
  public WageSpec {
    source = source == null ? List.of() : List.copyOf(source);
    missing = missing == null ? List.of() : List.copyOf(missing);
    only = only == null ? List.of() : List.copyOf(only);
    if (source.isEmpty() || unit == null || range == null || !(range.low() > 0)) {
      throw new InvalidArgument(
          "`wage` needs `source`, `unit` and a `range` that starts above 0 (no earnings are no wage).");
    }
    population = population == null ? Mapping.ALL : population;
  }
}
