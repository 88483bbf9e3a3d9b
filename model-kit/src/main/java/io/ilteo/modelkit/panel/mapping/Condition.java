package io.ilteo.modelkit.panel.mapping;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ilteo.servicekit.error.DomainException.InvalidArgument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test of one column's value: {@code {column: erwerb, in: [1, 2, 4]}} or {@code {column: wage,
 * at_least: 450}}.
 *
 * @param column source column (in {@code wage.only} and {@code cases}) or panel column (in
 *     populations)
 * @param in accepted codes; empty where {@code atLeast} is given
 * @param atLeast smallest accepted value
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(String column, List<Double> in, @Nullable Double atLeast) {
  public Condition {
    in = in == null ? List.of() : List.copyOf(in);
    if (column == null || column.isBlank() || in.isEmpty() == (atLeast == null)) {
      throw new InvalidArgument(
          "Condition on '%s': expected a column and either `in: [codes]` or `at_least: value`."
              .formatted(column));
    }
  }

  /** Whether {@code value} passes; false for NaN. */
  public boolean accepts(double value) {
    if (atLeast != null) {
      return value >= atLeast;
    }
    for (double code : in) {
      if (code == value) {
        return true;
      }
    }
    return false;
  }
}
