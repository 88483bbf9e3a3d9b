package io.ilteo.modelkit.panel.feature;

import io.ilteo.modelkit.panel.Panel;
import io.ilteo.modelkit.panel.PanelColumn;
import io.ilteo.modelkit.panel.mapping.ColumnRole;
import io.ilteo.modelkit.panel.mapping.ColumnSpec;
import io.ilteo.modelkit.panel.mapping.ColumnType;
import io.ilteo.modelkit.panel.mapping.Deflator;
import io.ilteo.modelkit.panel.mapping.Direction;
import io.ilteo.modelkit.panel.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What features need to know of a panel: which columns there are and how the targets are to be
 * read. Saved with a transform, so that it works without the panel.
 *
 * @param columns the wage and the satisfaction first, where the panel has them
 * @param satisfactionScale codes, least satisfied first; empty without satisfaction
 * @param deflator consumer prices, or null for none
 */
public record InputSchema(
    List<InputColumn> columns, List<Double> satisfactionScale, @Nullable Deflator deflator) {
  static final int ABSENT = -1;

  public InputSchema {
    columns = List.copyOf(columns);
    satisfactionScale = List.copyOf(satisfactionScale);
  }

  /** The schema of {@code panel}: targets and features, no weights. */
  public static InputSchema of(Panel panel) {
    Mapping mapping = panel.mapping();
    List<InputColumn> columns = new ArrayList<>();
    for (PanelColumn column : panel.columns()) {
      if (column.role() != ColumnRole.WEIGHT) {
        columns.add(describe(mapping, column));
      }
    }
    List<Double> scale =
        mapping.satisfaction() == null ? List.of() : mapping.satisfaction().scale();
    return new InputSchema(
        columns, scale, mapping.wage() == null ? null : mapping.wage().deflator());
  }

  private static InputColumn describe(Mapping mapping, PanelColumn column) {
    Optional<ColumnSpec> spec =
        mapping.columns().stream().filter(c -> c.name().equals(column.name())).findFirst();
    return new InputColumn(
        column.name(),
        column.type(),
        spec.map(ColumnSpec::facet).orElse(false),
        spec.map(s -> s.direction() == Direction.DESCENDING).orElse(false));
  }

  /** Index of column {@code name}, or {@link #ABSENT}. */
  int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return ABSENT;
  }

  boolean has(String name) {
    return indexOf(name) != ABSENT;
  }

  /** Columns that networks embed. */
  List<InputColumn> categorical() {
    return columns.stream().filter(c -> c.type() == ColumnType.CATEGORICAL).toList();
  }

  /** Price level of {@code year}, 1 without a deflator. */
  double priceLevel(int year) {
    return deflator == null ? 1 : deflator.level(year);
  }

  /** Completes a person-year whose values have been filled in. */
  void complete(PersonYear cursor, int year) {
    int wage = indexOf(Mapping.WAGE);
    int satisfaction = indexOf(Mapping.SATISFACTION);
    double amount = wage == ABSENT ? Double.NaN : cursor.value(wage);
    double logReal = amount > 0 ? StrictMath.log(amount / priceLevel(year)) : Double.NaN;
    double level = satisfaction == ABSENT ? Double.NaN : level(cursor.value(satisfaction));
    cursor.set(year, logReal, level);
  }

  private double level(float code) {
    for (int i = 0; i < satisfactionScale.size(); i++) {
      if (satisfactionScale.get(i).floatValue() == code) {
        return i;
      }
    }
    return Double.NaN;
  }
}
