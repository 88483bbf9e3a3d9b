package io.ilteo.modelkit.panel.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One feature column of a panel and how it is made from the source.
 *
 * @param name name in the panel, in feature sets and in predictions: lower case, digits, '_'
 * @param source source columns; the first that the file has and that is not missing in the row
 *     wins. In a layout of wave files {@code __} stands for the wave's two digits
 * @param type how values are read
 * @param role FEATURE or WEIGHT
 * @param missing codes that mean "missing"
 * @param range accepted values; others are counted and become missing
 * @param recode code to value, applied after {@code missing}; codes not listed are counted as
 *     unknown and become missing
 * @param floorDivide keep {@code floor(value / floorDivide)}: 10 turns a three-digit industry into
 *     its two-digit division
 * @param yearsSince the source holds a year (or yyyymm); the value is the row's year minus it
 * @param cases for quantities whose source depends on another answer; the first case that holds
 *     wins
 * @param direction for ordinal columns, whether a higher code means more
 * @param unit unit of the value
 * @param label what people call the column
 * @param facet an aspect of satisfaction: an input at or before the last wave only
 * @param required whether a file without the column is refused
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record ColumnSpec(
    String name,
    List<String> source,
    ColumnType type,
    @Nullable ColumnRole role,
    List<Double> missing,
    @Nullable Range range,
    Map<Double, Double> recode,
    double floorDivide,
    boolean yearsSince,
    List<Case> cases,
    @Nullable Direction direction,
    @Nullable String unit,
    @Nullable String label,
    boolean facet,
    boolean required) {
  private static final String NAME_PATTERN = "[a-z][a-z0-9_]{0,63}";

  public ColumnSpec {
    if (name == null || !name.matches(NAME_PATTERN)) {
      throw new InvalidArgument(
          "Column name '%s': expected lower case letters, digits and '_', at most 64."
              .formatted(name));
    }
    source = source == null ? List.of() : List.copyOf(source);
    cases = cases == null ? List.of() : List.copyOf(cases);
    if (source.isEmpty() == cases.isEmpty()) {
      throw new InvalidArgument("Column '%s': expected `source` or `cases`.".formatted(name));
    }
    if (type == null) {
      throw new InvalidArgument(
          "Column '%s': expected `type: numeric`, `ordinal` or `categorical`.".formatted(name));
    }
    role = role == null ? ColumnRole.FEATURE : role;
    missing = missing == null ? List.of() : List.copyOf(missing);
    recode = recode == null ? Map.of() : new TreeMap<>(recode);
    direction = direction == null ? Direction.ASCENDING : direction;
    if (!(floorDivide >= 0)) {
      throw new InvalidArgument("Column '%s': `floor_divide` must be positive.".formatted(name));
    }
  }

  /**
   * One way to make a value: where {@code when} holds, the sum of the source columns.
   *
   * @param when test of a source column
   * @param sum source columns; the first must be present, others count 0 where missing
   */
  public record Case(Condition when, List<String> sum) {
    public Case {
      sum = List.copyOf(sum);
      if (when == null || sum.isEmpty()) {
        throw new InvalidArgument("A case needs `when` and a non-empty `sum`.");
      }
    }
  }
}
